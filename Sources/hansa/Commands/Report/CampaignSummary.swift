import APIClient
import Federation
import Wire

/// What some campaigns came to, all of it read from the API: scores, tasks, chains, budgets, ledger, model.
struct CampaignSummary: Encodable {
    /// Tasks by how they ended.
    struct Tasks: Encodable {
        var completed = 0
        var failed = 0
        var chain_links = 0
        var by_site: [String: Int] = [:]
    }

    /// A site's figures in its unit.
    struct Site: Encodable {
        var unit: String
        var granted: Double
        var overrun: Double
        var held: Double
        var spent: Double
        var available: Double
        var expired: Double
    }

    /// The ledger's standing.
    struct Ledger: Encodable {
        var entries: Int64
        var balanced: Bool
    }

    /// The trained model.
    struct Model: Encodable {
        var parameters: Int64?
        var tokens: Int64?
        var flop: Double?
        var seconds: Double?

        var isWhole: Bool { parameters != nil && tokens != nil && flop != nil && seconds != nil }
    }

    var seconds: Double
    var batch: String
    var languages: [String: CampaignScores.Row]
    var tasks: Tasks
    var sites: [String: Site]
    var ledger: Ledger
    var model: Model
    /// What is not as a sound run leaves it, in words; empty when all is well.
    var faults: [String]

    /// What the caller wants there to be at least.
    struct Expected {
        var languages = 0
        var links = 0
        var entries: Int64 = 0
    }

    /// Reads everything about those campaigns.
    static func read(
        _ client: CoordinatorClient, campaigns names: [String], batch: String, expected: Expected
    ) async throws -> CampaignSummary {
        var views: [CampaignView] = []
        var tasks: [TaskView] = []
        for name in names {
            views.append(try await client.get("/v1/campaigns/\(PathPart.encoded(name))", retry: .idempotent))
            tasks += try await Pages(client).all("/v1/tasks", query: [("campaign", name)], of: TaskView.self)
                .items
        }
        let check: LedgerCheckView = try await client.get("/v1/ledger/check", retry: .idempotent)
        let scores = CampaignScores(tasks: tasks)
        let counts = Self.counts(views, tasks)
        let begin = views.map(\.submittedAt).min() ?? Figures.now
        let end = views.compactMap(\.endedAt).max() ?? Figures.now
        let training = tasks.last { $0.kind == .training && $0.state == .completed }?.result
        var faults = scores.faults + check.faults
        if counts.failed > 0 { faults.append("\(counts.failed) tasks did not complete") }
        for (site, balance) in check.sites.sorted(by: { $0.key < $1.key }) where balance.held != .zero {
            faults.append("\(site): \(balance.held.units) \(check.units[site] ?? "") are still held")
        }
        let model = Model(
            parameters: training?["parameters"]?.integer, tokens: training?["tokens"]?.integer,
            flop: training?["flop"]?.double, seconds: training?["seconds"]?.double)
        if tasks.contains(where: { $0.kind == .training }), !model.isWhole {
            faults.append("the training did not report parameters, tokens, FLOP and seconds")
        }
        faults += Self.shortfalls(
            of: expected, languages: scores.rows.count, links: counts.chain_links, entries: check.entries)
        return CampaignSummary(
            seconds: Double(end.microseconds - begin.microseconds) / 1e6, batch: batch,
            languages: scores.rows,
            tasks: counts, sites: Self.sites(check),
            ledger: .init(entries: check.entries, balanced: check.balanced),
            model: model, faults: faults)
    }

    /// What is less than expected, in words.
    static func shortfalls(of expected: Expected, languages: Int, links: Int, entries: Int64) -> [String] {
        var faults: [String] = []
        if languages < expected.languages {
            faults.append("\(languages) languages were scored, \(expected.languages) are expected")
        }
        if links < expected.links {
            faults.append("chains have \(links) links beyond their first, \(expected.links) are expected")
        }
        if entries < expected.entries {
            faults.append("the ledger has \(entries) entries, \(expected.entries) are expected")
        }
        return faults
    }

    private static func counts(_ views: [CampaignView], _ tasks: [TaskView]) -> Tasks {
        var counts = Tasks()
        for view in views {
            counts.completed += view.count(.completed)
            counts.failed += view.tasks.filter { $0.key != TaskState.completed.rawValue }.values.reduce(0, +)
            counts.chain_links += view.links
        }
        for task in tasks where task.state == .completed {
            counts.by_site[task.site?.rawValue ?? "?", default: 0] += 1
        }
        return counts
    }

    private static func sites(_ check: LedgerCheckView) -> [String: Site] {
        func units(_ amount: Amount) -> Double { Double(amount.thousandths) / Double(Amount.perUnit) }
        return check.sites.reduce(into: [:]) { sites, entry in
            let balance = entry.value
            sites[entry.key] = Site(
                unit: check.units[entry.key] ?? "", granted: units(balance.granted),
                overrun: units(balance.overrun),
                held: units(balance.held), spent: units(balance.spent), available: units(balance.available),
                expired: units(balance.expired))
        }
    }
}
