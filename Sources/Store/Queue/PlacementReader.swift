public import Federation
public import Postgres
import Synchronization

/// The snapshot that placement looks at: sites, agents, budgets, eligibility, fair shares.
public struct PlacementReader: Sendable {
    let pool: Pool
    private let settings: ExchangeSettings
    private let charges = Charges()

    /// Reads from that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        self.settings = settings
    }

    /// The snapshot at that moment, read in one transaction; eligibility, which people change, beside it.
    public func context(now: Instant) async throws -> PlacementContext {
        async let eligibility = ProgrammeStore(pool: pool).eligibility()
        let sites = try await pool.transaction(.readOnlySnapshot) { connection in
            let answers = try await connection.pipeline([
                "SELECT id, document FROM site ORDER BY id",
                "SELECT \(AgentRecord.columns), quarantined, capacity, revoked_at FROM agent",
                """
                SELECT a.agent, a.partition, count(DISTINCT a.pack) AS jobs,
                    count(DISTINCT a.pack) FILTER (WHERE a.state = 'offered') AS pending,
                    coalesce(sum((p.resources ->> 'coresPerNode')::bigint * (p.resources ->> 'nodes')::bigint)
                        FILTER (WHERE a.state = 'offered' AND a.place = 0), 0)::bigint AS cores
                FROM attempt_live a LEFT JOIN pack p ON p.id = a.pack WHERE a.state <> 'ended'
                GROUP BY a.agent, a.partition
                """,
                """
                SELECT o.agent, o.until, s.document FROM back_off o JOIN shape s ON s.id = o.shape
                WHERE o.until > \(now)
                """,
                """
                SELECT \(BudgetAccount.columns), l.site, l.account, l.starts, b.partner, b.work_package,
                    coalesce(l.document -> 'partitions', '[]') AS partitions
                FROM budget b JOIN allocation l ON l.id = b.allocation ORDER BY b.id
                """,
            ])
            let agents = try agents(answers, now: now)
            let budgets = try budgets(answers[4])
            return try answers[0].map { row in
                let document: SiteDocument = try row.json("document")
                return SiteContext(
                    document: document,
                    agents: document.agents.map { agents($0) },
                    budgets: budgets[document.id] ?? [])
            }
        }
        return PlacementContext(
            now: now, sites: sites, eligibility: try await eligibility,
            mustStartSeconds: settings.mustStartSeconds)
    }

    /// What each partner has used lately, and its granted share: charges of the last eight half-lives by day, and
    /// what live attempts hold as if it were charged now. The charges are read once a minute: they are many, and what
    /// was placed since is among the holds.
    public func fairShare(now: Instant) async throws -> FairShare {
        let charged = try await charges(now: now)
        let answers = try await pool.withConnection { connection in
            try await connection.pipeline([
                """
                SELECT l.site, b.partner, b.granted FROM budget b JOIN allocation l ON l.id = b.allocation
                ORDER BY l.site, b.id
                """,
                """
                SELECT t.partner, a.site, sum(a.hold) AS charged FROM attempt_live a JOIN task t ON t.id = a.task
                WHERE t.partner IS NOT NULL GROUP BY t.partner, a.site ORDER BY 1, 2
                """,
            ])
        }
        var granted: [SiteID: [(partner: PartnerID?, granted: Amount)]] = [:]
        for row in answers[0] {
            granted[try row.decode("site"), default: []].append(
                (try row.decode("partner"), try row.decode("granted")))
        }
        let totals = granted.mapValues { $0.reduce(Amount.zero) { $0 + $1.granted } }
        var share = FairShare(budgetsBySite: granted.keys.sorted().compactMap { granted[$0] })
        for charge in charged {
            share.add(charge.amount, of: totals[charge.site] ?? .zero, to: charge.partner, at: charge.at)
        }
        for row in answers[1] {
            share.add(
                try row.decode("charged"), of: totals[try row.decode("site")] ?? .zero,
                to: try row.decode("partner"), at: now)
        }
        return share
    }

    private struct Charge {
        var partner: PartnerID
        var site: SiteID
        var amount: Amount
        var at: Instant
    }

    /// The charges read last, and when.
    private final class Charges: Sendable {
        let read = Mutex<(at: Instant, charges: [Charge])?>(nil)
    }

    private func charges(now: Instant) async throws -> [Charge] {
        if let known = charges.read.withLock({ $0 }), (0..<60).contains(now.seconds(since: known.at)) {
            return known.charges
        }
        let rows = try await pool.query(
            """
            SELECT t.partner, a.site, max(a.settled_at) AS at, sum(a.charged) AS charged
            FROM attempt_past a JOIN task t ON t.id = a.task
            WHERE a.settled_at >= \(now.adding(seconds: -56 * 86_400)) AND a.charged > 0 AND t.partner IS NOT NULL
            GROUP BY t.partner, a.site, date_trunc('day', a.settled_at) ORDER BY 3
            """)
        let fresh = try rows.map { row in
            Charge(
                partner: try row.decode("partner"), site: try row.decode("site"),
                amount: try row.decode("charged"),
                at: try row.decode("at"))
        }
        charges.read.withLock { $0 = (now, fresh) }
        return fresh
    }

    private struct Jobs {
        var jobs: [PartitionID: Int] = [:]
        var pending: [PartitionID: AgentContext.Pending] = [:]
    }

    /// Gives each agent that a site's document names what is known of it.
    private func agents(_ answers: [[Row]], now: Instant) throws -> (AgentTerms) -> AgentContext {
        var presences: [AgentID: AgentPresence] = [:]
        var capacities: [AgentID: [PartitionCapacity]] = [:]
        for row in answers[1] {
            let record = try AgentRecord(row: row)
            let isRevoked = try row.decode("revoked_at", as: Instant?.self) != nil
            capacities[record.id] = try row.json("capacity")
            presences[record.id] =
                isRevoked
                ? .drained
                : AgentPresence(
                    of: record, quarantined: try row.decode("quarantined"), now: now, settings: settings)
        }
        var jobs: [AgentID: Jobs] = [:]
        for row in answers[2] {
            let agent: AgentID = try row.decode("agent")
            let partition: PartitionID = try row.decode("partition")
            jobs[agent, default: Jobs()].jobs[partition] = try row.decode("jobs")
            jobs[agent, default: Jobs()].pending[partition] = AgentContext.Pending(
                packs: try row.decode("pending"), cores: try row.decode("cores"))
        }
        var backOffs: [AgentID: [Shape: Instant]] = [:]
        for row in answers[3] {
            backOffs[try row.decode("agent"), default: [:]][try row.json("document")] = try row.decode(
                "until")
        }
        return { terms in
            AgentContext(
                terms: terms, presence: presences[terms.id] ?? .neverSeen,
                capacity: capacities[terms.id] ?? [],
                pending: jobs[terms.id]?.pending ?? [:], jobs: jobs[terms.id]?.jobs ?? [:],
                backOffs: backOffs[terms.id] ?? [:])
        }
    }

    private func budgets(_ rows: [Row]) throws -> [SiteID: [BudgetContext]] {
        var budgets: [SiteID: [BudgetContext]] = [:]
        for row in rows {
            budgets[try row.decode("site"), default: []].append(
                BudgetContext(
                    balance: try BudgetAccount(row: row), account: try row.decode("account"),
                    partitions: try row.json("partitions"), partner: try row.decode("partner"),
                    workPackage: try row.decode("work_package"), periodStart: try row.decode("starts")))
        }
        return budgets
    }
}
