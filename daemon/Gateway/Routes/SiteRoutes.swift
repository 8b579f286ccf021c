import Coordination
import Federation
import Wire

/// Programme, sites and decisions.
enum SiteRoutes {
    static func add(to endpoints: inout Endpoints) {
        endpoints.on("GET /v1/programme") { call in
            try .json(try await call.coordinator.programme(by: call.member()))
        }
        endpoints.on("PUT /v1/programme", bodyBytes: 4 << 20) { call in
            let document = try await call.document()
            return try .json(
                ChangesAnswer(changes: try await call.coordinator.applyProgramme(document, by: call.member()))
            )
        }
        endpoints.on("POST /v1/decisions", remembers: true) { call in
            let request = try await call.body(DecisionRequest.self)
            try await call.coordinator.decide(
                partner: request.partner, what: request.what, verdict: request.verdict,
                reason: request.reason,
                by: call.member())
            return try .json(
                ChangesAnswer(changes: ["\(request.partner) and \(request.what): \(request.verdict)"]))
        }
        endpoints.on("GET /v1/sites", query: ["after", "limit"]) { call in
            try .json(Page(items: try await call.coordinator.sites(by: call.member())))
        }
        endpoints.on("GET /v1/sites/{id}") { call in
            try .json(try await call.coordinator.site(call.identifier(), by: call.member()))
        }
        endpoints.on("PUT /v1/sites/{id}/retirement") { call in
            let request = try await call.body(RetirementRequest.self)
            return try .json(
                ChangesAnswer(
                    changes: try await call.coordinator.retire(
                        site: call.identifier(), reason: request.reason, waived: request.waive ?? false,
                        by: call.member())))
        }
        endpoints.on("POST /v1/sites/{id}/record", bodyBytes: 4 << 20, remembers: true) { call in
            let document = try await call.document()
            return try .json(
                ChangesAnswer(
                    changes: try await call.coordinator.importRecord(
                        document, of: call.identifier(), by: call.member())))
        }
        endpoints.on("POST /v1/sites/{id}/rereads") { call in
            let request = try await call.body(RereadRequest.self)
            return try .json(
                ChangesAnswer(
                    changes: try await call.coordinator.reread(
                        site: call.identifier(), from: request.from, until: request.until,
                        by: call.member())))
        }
        endpoints.on("PUT /v1/sites/{id}", bodyBytes: 4 << 20) { call in
            let site: SiteID = try call.identifier()
            let document = try await call.document()
            if let named = document["site"]?.text, named != site.rawValue {
                throw Failure.badRequest(
                    "site: the document is for \(named), the path for \(site)",
                    faults: [Problem.Fault(path: "site", message: "\(site) is expected here")])
            }
            return try .json(
                ChangesAnswer(changes: try await call.coordinator.applySite(document, by: call.member())))
        }
    }
}
