import Coordination
import Federation
import HTTPTypes
import Hummingbird
import Wire

/// What watches the daemon asks for.
struct ServiceRoutes: Sendable {
    let requests: RequestMetrics
    let parked: ParkedPolls

    func add(to endpoints: inout Endpoints) {
        endpoints.on("GET /v1/version") { call in
            try .json(
                VersionAnswer(
                    program: WireVersion.program, api: WireVersion.api, exchange: WireVersion.exchange,
                    instance: call.coordinator.instance, generation: call.coordinator.generation))
        }
        endpoints.on("GET /v1/openapi.yaml") { _ in
            .text(OpenAPIDocument.text, type: "application/yaml", cache: "max-age=300")
        }
        endpoints.on("GET /healthz") { _ in try .json(HealthAnswer(status: "ok")) }
        endpoints.on("GET /readyz") { call in
            do {
                // Any question that the book has to answer; nobody has this token.
                _ = try await call.coordinator.principal(token: "readiness")
                return try .json(HealthAnswer(status: "ok"))
            } catch {
                return try .json(
                    HealthAnswer(status: "unavailable", detail: "the database does not answer"),
                    status: .serviceUnavailable)
            }
        }
        endpoints.on("GET /metrics") { call in
            .text(try await metrics(call), type: PrometheusText.contentType)
        }
        endpoints.on("GET /v1/alarms", query: ["after", "limit"]) { call in
            try .page(
                try await call.coordinator.alarms(
                    after: call.query("after"), limit: call.limit(), by: call.member()))
        }
        endpoints.on("POST /v1/alarms/{id}/clear") { call in
            guard let id = Int64(try call.part("id")), id > 0 else {
                throw Failure.notFound("alarms are numbered from 1")
            }
            try await call.coordinator.clearAlarm(id, by: call.member())
            return try .json(ChangesAnswer(changes: ["alarm \(id) was cleared"]))
        }
    }

    private func metrics(_ call: Call) async throws -> String {
        let member = try call.member()
        var text = PrometheusText()
        text.family("hansa_info", "gauge", "The coordinator's version, instance and generation.")
        text.sample(
            "hansa_info",
            [
                ("version", WireVersion.program), ("instance", call.coordinator.instance.rawValue),
                ("generation", String(call.coordinator.generation)),
            ], "1")
        requests.write(to: &text)
        text.family("hansa_polls_open", "gauge", "Agents' polls that are open.")
        text.sample("hansa_polls_open", [], "\(parked.count)")
        BookMetrics.write(
            budgets: try await call.coordinator.budgets(by: member),
            sites: try await call.coordinator.sites(by: member), to: &text)
        let alarms = try await call.coordinator.alarms(after: nil, limit: 1000, by: member).items
        text.family("hansa_alarms", "gauge", "Alarms that nobody has cleared, by name.")
        let open = Dictionary(grouping: alarms.filter { $0.cleared == nil }, by: \.name)
        for (name, list) in open.sorted(by: { $0.key < $1.key }) {
            text.sample("hansa_alarms", [("name", name)], "\(list.count)")
        }
        return text.text
    }
}
