import Coordination
import Federation
import Wire

/// The book: budgets, usage, entries, blocks, and what managers write into it.
enum LedgerRoutes {
    static func add(to endpoints: inout Endpoints, sealKeyPEM: String) {
        addReading(to: &endpoints, sealKeyPEM: sealKeyPEM)
        endpoints.on("POST /v1/grants", remembers: true) { call in
            let request = try await call.body(GrantRequest.self)
            try await call.coordinator.grant(
                budget: request.budget, amount: request.amount, reason: reason(request.reason),
                by: call.member())
            return try .json(
                ChangesAnswer(changes: ["\(request.amount) units were granted to \(request.budget)"]))
        }
        endpoints.on("POST /v1/transfers", remembers: true) { call in
            let request = try await call.body(TransferRequest.self)
            try await call.coordinator.transfer(
                from: request.from, to: request.to, amount: request.amount, reason: reason(request.reason),
                by: call.member())
            return try .json(
                ChangesAnswer(changes: ["\(request.amount) units went from \(request.from) to \(request.to)"])
            )
        }
        endpoints.on("POST /v1/write-offs", remembers: true) { call in
            let request = try await call.body(WriteOffRequest.self)
            try await call.coordinator.writeOff(
                attempt: request.attempt, reason: reason(request.reason), by: call.member())
            return try .json(ChangesAnswer(changes: ["the hold of \(request.attempt) was written off"]))
        }
    }

    private static func addReading(to endpoints: inout Endpoints, sealKeyPEM: String) {
        endpoints.on("GET /v1/budgets", query: ["after", "limit"]) { call in
            try .json(Page(items: try await call.coordinator.budgets(by: call.member())))
        }
        endpoints.on("GET /v1/usage", query: ["by", "from", "until", "after", "limit"]) { call in
            let dimensions = (call.query("by") ?? "site").split(separator: ",").map(String.init)
            let from = try call.query("from", within: Int64.min...Int64.max, otherwise: Int64.min)
            let until = try call.query("until", within: Int64.min...Int64.max, otherwise: Int64.max)
            let usage = try await call.coordinator.usage(
                dimensions: dimensions, from: Instant(microseconds: from),
                until: Instant(microseconds: until),
                by: call.member())
            return try .json(Page(items: usage))
        }
        let entryFilters: Set<String> = ["site", "budget", "attempt", "month", "after", "limit"]
        endpoints.on("GET /v1/ledger/entries", query: entryFilters) { call in
            try .page(
                try await call.coordinator.entries(
                    filter: filter(call), after: call.query("after"), limit: call.limit(), by: call.member()))
        }
        endpoints.on("GET /v1/ledger/blocks", query: ["after", "limit"]) { call in
            try .page(
                try await call.coordinator.blocks(
                    after: call.query("after"), limit: call.limit(), by: call.member()))
        }
        endpoints.on("GET /v1/ledger/blocks/{number}/lines") { call in
            guard let number = Int64(try call.part("number")), number > 0 else {
                throw Failure.notFound("blocks are numbered from 1")
            }
            let lines = try await call.coordinator.lines(block: number, by: call.member())
            return .text(lines, type: "text/plain; charset=utf-8")
        }
        endpoints.on("GET /v1/ledger/check") { call in try .json(try await call.coordinator.checkLedger()) }
        endpoints.on("GET /v1/ledger/key") { call in
            try .json(
                LedgerKeyAnswer(
                    algorithm: "Ed25519", publicKey: sealKeyPEM, instance: call.coordinator.instance))
        }
    }

    private static func filter(_ call: Call) throws -> EntryFilter {
        var filter = EntryFilter()
        filter.site = call.query("site").map { SiteID($0) }
        filter.budget = call.query("budget").map { BudgetID($0) }
        filter.month = call.query("month")
        if let text = call.query("attempt") {
            guard let attempt = AttemptKey(text) else {
                throw call.fault(
                    "attempt", "\"\(text.prefix(100))\" is no attempt", "task.generation.counter")
            }
            filter.attempt = attempt
        }
        return filter
    }

    /// What stands in the book for ever has to say why.
    private static func reason(_ text: String) throws -> String {
        guard text.contains(where: { !$0.isWhitespace }), text.utf8.count <= 1000 else {
            throw Failure.badRequest(
                "reason: auditors read it; 1 to 1000 characters are expected",
                faults: [Problem.Fault(path: "reason", message: "1 to 1000 characters are expected here")])
        }
        return text
    }
}
