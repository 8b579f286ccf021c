/// A pack: the attempts that shared a job, what Slurm recorded under its name, and when its programs wrote.
struct PackCase {
    var pack: String
    var site: SeedPlan.Site
    var attempts: [BookAttempt]
    /// The runs of jobs of its name, those that were put back among them.
    var rows: [AccountingRun]
    /// Runs of its jobs whose name was never recorded.
    var unnamed: [AccountingRun]
    var span: (from: Moment, to: Moment)?

    /// All packs of the book at the plan's sites.
    static func all(_ evidence: Evidence) -> [PackCase] {
        let groups = Dictionary(grouping: evidence.attempts) { "\($0.site) \($0.pack)" }
        return groups.sorted { $0.key < $1.key }.compactMap { _, attempts in
            guard let first = attempts.first,
                let site = evidence.plan.sites.first(where: { $0.name == first.site })
            else { return nil }
            let record = evidence.accounting[site.name] ?? []
            let rows = record.filter { names($0.name, first.pack) }
            let ids = Set(rows.map(\.id) + attempts.compactMap(\.job))
            let span = evidence.span(of: attempts.map(\.key))
            // Ids are used again: a nameless row is this pack's only about its programs' time, or the rows'.
            let begins = rows.compactMap { $0.submit ?? $0.start } + (span.map { [$0.from] } ?? [])
            let unnamed = record.filter { row in
                guard row.name == AccountingRun.unnamed, ids.contains(row.id), let start = row.start else {
                    return false
                }
                return begins.contains { abs(start.since($0)) <= 60 }
            }
            return PackCase(
                pack: first.pack, site: site, attempts: attempts.sorted { $0.key < $1.key }, rows: rows,
                unnamed: unnamed, span: span)
        }
    }

    /// Whether a job of that name is the pack's: `hansa-<instance>-<pack>`.
    static func names(_ job: String, _ pack: String) -> Bool {
        job.hasPrefix("hansa-") && job.hasSuffix("-\(pack)")
    }

    /// What a second of that run costs, in thousandths.
    func rate(_ row: AccountingRun) -> Int64 {
        switch site.rule {
        case .cores: row.cores * 1000
        case .nodes: row.nodes * site.coresPerNode * 1000
        }
    }

    /// Tariff × record, every run counted.
    var recorded: Int64 { rows.reduce(0) { $0 + rate($1) * $1.elapsed } }
    /// The same for the runs whose name was never recorded.
    var recordedUnnamed: Int64 { unnamed.reduce(0) { $0 + rate($1) * $1.elapsed } }

    /// What a second costs where the record has no figures: by the shape that the attempts tell.
    var likelyRate: Int64 {
        if let known = (rows + unnamed).map(rate).max(), known > 0 { return known }
        let shape = attempts.compactMap(\.usage).first
        let nodes = shape?.nodes ?? 1
        return 1000 * (site.rule == .nodes ? nodes * site.coresPerNode : nodes * (shape?.coresPerNode ?? 1))
    }
}
