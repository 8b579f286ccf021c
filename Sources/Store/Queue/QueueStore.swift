public import Federation
public import Postgres

/// The queue: what may be placed, and claims on it. Memory proposes, the database disposes by key: a proposal that is
/// no longer true (the row is gone, the budget does not cover it, the epoch is over) simply comes to nothing.
public struct QueueStore: Sendable {
    private let pool: Pool
    private let claims: Combiner<Claim, [AttemptKey]>

    /// The queue in that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        claims = Combiner(pool: pool) { connection, claims in
            let statement = ClaimStatement(claims, settings: settings)
            let rows: [[Row]]
            do {
                rows = try await connection.commit(try statement.statements(lockingBudgets: false))
            } catch let error as PostgresError where BudgetAccount.isOutdated(error) {
                rows = try await connection.commit(try statement.statements(lockingBudgets: true))
            }
            do {
                return try statement.answers(rows)
            } catch {
                return claims.map { _ in .failure(error) }  // committed, but the answer cannot be read
            }
        }
    }

    /// The first rows of each shape that has any. The cost grows with the number of shapes, not of tasks: shapes are
    /// found by leaping over the index.
    public func ready(perShape limit: Int, now: Instant) async throws -> [ReadyKey] {
        let rows = try await pool.query(
            """
            WITH RECURSIVE shapes AS (
                (SELECT shape FROM ready ORDER BY shape LIMIT 1)
                UNION ALL
                SELECT (SELECT r.shape FROM ready r WHERE r.shape > s.shape ORDER BY r.shape LIMIT 1)
                FROM shapes s WHERE s.shape IS NOT NULL)
            SELECT r.shape, r.rank, r.not_before, r.bound_to, t.submission, t.index, t.submitted_at FROM shapes s
            CROSS JOIN LATERAL (SELECT * FROM ready r WHERE r.shape = s.shape
                AND (r.not_before IS NULL OR r.not_before <= \(now)) ORDER BY r.rank LIMIT \(limit)) r
            JOIN task t ON t.id = r.task
            WHERE s.shape IS NOT NULL
            ORDER BY r.shape, r.rank
            """)
        return try rows.map { row in
            ReadyKey(
                shape: try row.decode("shape"), rank: try row.decode("rank"), task: try row.taskID(),
                submittedAt: try row.decode("submitted_at"),
                notBefore: try row.decode("not_before"), boundTo: try row.decode("bound_to"))
        }
    }

    /// The shapes in those rows.
    public func shapes(_ ids: [Int32]) async throws -> [Int32: Shape] {
        let rows = try await pool.query("SELECT id, document FROM shape WHERE id = ANY(\(ids))")
        var shapes: [Int32: Shape] = [:]
        for row in rows { shapes[try row.decode("id")] = try row.json("document") }
        return shapes
    }

    /// Which shapes are backed off at which agents, and until when.
    public func backOffs(now: Instant) async throws -> [AgentID: [Int32: Instant]] {
        let rows = try await pool.query("SELECT shape, agent, until FROM back_off WHERE until > \(now)")
        var pairs: [AgentID: [Int32: Instant]] = [:]
        for row in rows {
            pairs[try row.decode("agent"), default: [:]][try row.decode("shape")] = try row.decode("until")
        }
        return pairs
    }

    /// Claims what is still true of the proposals: takes the rows out of the queue, holds their budgets, gives each
    /// task its next fence and makes the offers. Callers who come at the same time share one transaction and one round
    /// trip, and each is answered after its commit.
    ///
    /// Throws `StoreFault.staleEpoch` when another coordinator proposes now: nothing is claimed then. With
    /// `PostgresError.lost` the outcome is unknown; whatever was claimed is found by its keys at the next look.
    public func claim(_ packs: [PackClaim], epoch: Int64, now: Instant) async throws -> [AttemptKey] {
        guard !packs.isEmpty else { return [] }
        return try await claims.ask(Claim(packs: packs, epoch: epoch, now: now))
    }
}
