public import Federation
public import Postgres

/// Campaigns as people see them, and what later ones may read of them.
public struct CampaignStore: Sendable {
    private let pool: Pool

    /// The campaigns of that database.
    public init(pool: Pool) { self.pool = pool }

    /// Campaigns, newest first, a page at a time; those of one partner, or all.
    public func page(
        of partner: PartnerID?, after cursor: String?, limit: Int
    ) async throws -> (items: [CampaignView], next: String?) {
        let after = try Cursor(cursor, keys: 1)?.keys[0] ?? Int64.max
        let rows = try await pool.query(
            """
            SELECT \(CampaignView.columns) FROM campaign c \(CampaignView.counts)
            WHERE c.place < \(after) AND (\(partner) IS NULL OR c.partner = \(partner))
            ORDER BY c.place DESC LIMIT \(limit + 1)
            """)
        let items = try rows.prefix(limit).map { try CampaignView(row: $0) }
        let last = try rows.prefix(limit).last?.decode("place", as: Int64.self)
        return (items, rows.count > limit ? last.map { Cursor($0).text } : nil)
    }

    /// One campaign.
    public func view(_ campaign: CampaignID) async throws -> CampaignView? {
        let rows = try await pool.query(
            "SELECT \(CampaignView.columns) FROM campaign c \(CampaignView.counts) WHERE c.id = \(campaign)")
        return try rows.first.map { try CampaignView(row: $0) }
    }

    /// The campaign that a name or an id means to a partner: by id before by name, the own partner's before another's,
    /// then the newest.
    public func named(_ name: CampaignID, for partner: PartnerID) async throws -> CampaignID? {
        let rows = try await pool.query(
            """
            SELECT id FROM campaign WHERE id = \(name) OR name = \(name.rawValue)
            ORDER BY (id = \(name)) DESC, (partner = \(partner)) DESC, place DESC LIMIT 1
            """)
        return try rows.first?.decode("id")
    }

    /// What the newest campaign of each name leaves, as its tasks declared it: the own partner's before another's. A
    /// campaign may be named by its id as well.
    public func earlier(_ names: Set<String>, for partner: PartnerID) async throws -> [String:
        EarlierCampaign]
    {
        var found: [String: EarlierCampaign] = [:]
        for name in names.sorted() {
            let rows = try await pool.query(
                """
                WITH chosen AS (SELECT id FROM campaign WHERE id = \(name) OR name = \(name)
                    ORDER BY (id = \(name)) DESC, (partner = \(partner)) DESC, place DESC LIMIT 1)
                SELECT t.submission, t.index, o.item ->> 'name' AS name, o.item ->> 'licence' AS licence,
                    o.item ->> 'residency' AS residency
                FROM chosen JOIN task t ON t.submission = chosen.id JOIN task_spec s ON s.task = t.id
                LEFT JOIN LATERAL jsonb_array_elements(s.spec -> 'outputs') AS o(item) ON true
                ORDER BY t.id
                """)
            guard let first = rows.first else { continue }
            let outputs = try rows.compactMap { row -> EarlierCampaign.Output? in
                guard let output: String = try row.decode("name", as: String?.self) else { return nil }
                return EarlierCampaign.Output(
                    name: output, task: try row.taskID(), licence: try row.decode("licence"),
                    residency: try row.decode("residency"))
            }
            found[name] = EarlierCampaign(
                id: CampaignID(try first.taskID().submission.rawValue), outputs: outputs)
        }
        return found
    }
}

extension CampaignView {
    static let columns: SQL = """
        c.id, c.place, c.name, c.partner, c.member, c.work_package, c.submitted_at, n.waiting, n.ready, n.running,
        n.completed, n.failed, n.cancelled, n.dependency_failed, n.links, n.ended_at
        """

    /// One pass over the campaign's part of the index.
    static let counts: SQL = """
        CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
            count(*) FILTER (WHERE state = 'ready') AS ready, count(*) FILTER (WHERE state = 'running') AS running,
            count(*) FILTER (WHERE state = 'completed') AS completed, count(*) FILTER (WHERE state = 'failed') AS failed,
            count(*) FILTER (WHERE state = 'cancelled') AS cancelled,
            count(*) FILTER (WHERE state = 'dependencyFailed') AS dependency_failed,
            coalesce(sum(links), 0)::bigint AS links, max(ended_at) AS ended_at
            FROM task t WHERE t.submission = c.id) n
        """

    init(row: Row) throws {
        var tasks: [String: Int] = [:]
        for (column, state) in [
            ("waiting", TaskState.waiting), ("ready", .ready), ("running", .running),
            ("completed", .completed),
            ("failed", .failed), ("cancelled", .cancelled), ("dependency_failed", .dependencyFailed),
        ] {
            let count: Int = try row.decode(column)
            if count > 0 { tasks[state.rawValue] = count }
        }
        let open: [TaskState] = [.waiting, .ready, .running]
        let hasEnded = open.allSatisfy { tasks[$0.rawValue] == nil }
        self.init(
            id: try row.decode("id"), name: try row.decode("name"), partner: try row.decode("partner"),
            member: try row.decode("member"), workPackage: try row.decode("work_package"),
            submittedAt: try row.decode("submitted_at"), endedAt: hasEnded ? try row.decode("ended_at") : nil,
            tasks: tasks, links: try row.decode("links"))
    }
}
