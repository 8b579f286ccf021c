import Coordination
import Federation
import Wire

/// Tasks, one by one and as lists.
enum TaskRoutes {
    static let filters: Set<String> = [
        "campaign", "state", "partner", "kind", "site", "language", "tag", "name", "live", "after", "limit",
    ]

    static func add(to endpoints: inout Endpoints) {
        endpoints.on("GET /v1/tasks", query: filters) { call in
            try .page(
                try await call.coordinator.tasks(
                    filter: filter(call), after: call.query("after"), limit: call.limit(), by: call.member()))
        }
        endpoints.on("GET /v1/tasks/{id}") { call in
            try .json(try await call.coordinator.task(call.task(), by: call.member()))
        }
        endpoints.on("GET /v1/tasks/{id}/why") { call in
            try .json(try await call.coordinator.why(task: call.task(), by: call.member()))
        }
        endpoints.on("GET /v1/tasks/{id}/metrics", query: ["after", "limit"]) { call in
            try .json(Page(items: try await call.coordinator.metrics(task: call.task(), by: call.member())))
        }
        endpoints.on("GET /v1/tasks/{id}/log", query: ["fence", "offset", "wait"]) { call in
            let offset = try call.query("offset", within: -(1 << 40)...(1 << 40), otherwise: 0)
            let wait = try call.query("wait", within: 0...60, otherwise: 5)
            let fence = try fence(call)
            let (task, member) = (try call.task(), try call.member())
            let coordinator = call.coordinator
            let piece = try await call.whilePresent {
                try await coordinator.log(
                    task: task, fence: fence, offset: offset, wait: .seconds(wait), by: member)
            }
            return try .json(piece)
        }
        endpoints.on("POST /v1/tasks/{id}/cancel", remembers: true) { call in
            try await call.coordinator.cancel(task: call.task(), by: call.member())
            return try .json(CancelAnswer(tasks: 1))
        }
    }

    private static func filter(_ call: Call) throws -> TaskFilter {
        var filter = TaskFilter()
        filter.campaign = call.query("campaign").map { CampaignID($0) }
        filter.state = try call.query("state", as: TaskState.self)
        filter.partner = call.query("partner").map { PartnerID($0) }
        filter.kind = try call.query("kind", as: TaskKind.self)
        filter.site = call.query("site").map { SiteID($0) }
        filter.language = call.query("language")
        filter.tag = call.query("tag")
        filter.name = call.query("name")
        switch call.query("live") {
        case nil, "false": filter.live = false
        case "true": filter.live = true
        default: throw call.fault("live", "neither true nor false", nil)
        }
        return filter
    }

    private static func fence(_ call: Call) throws -> Fence? {
        guard let text = call.query("fence") else { return nil }
        guard let fence = Fence(text) else {
            throw call.fault("fence", "\"\(text.prefix(64))\" is no fence", "written generation.counter")
        }
        return fence
    }
}
