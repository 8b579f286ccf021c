public import Federation
public import Postgres

/// The book's own row: its id and generation.
public struct InstanceStore: Sendable {
    private let pool: Pool
    private let settings: ExchangeSettings

    /// The row in that database.
    public init(pool: Pool, settings: ExchangeSettings = ExchangeSettings()) {
        self.pool = pool
        self.settings = settings
    }

    /// The book's id and generation, or nil where no book was made yet.
    public func current() async throws -> (id: InstanceID, generation: Int64)? {
        let rows = try await pool.query("SELECT id, generation FROM instance")
        return try rows.first.map { (try $0.decode("id"), try $0.decode("generation")) }
    }

    /// Makes the book under that random id, in generation 1; keeps the one that is there.
    public func make(id: InstanceID, now: Instant) async throws -> (id: InstanceID, generation: Int64) {
        let rows = try await pool.transaction { connection in
            try await connection.execute(
                """
                INSERT INTO instance (id, generation, made_at) VALUES (\(id), 1, \(now))
                ON CONFLICT (single) DO NOTHING
                """)
            return try await connection.query("SELECT id, generation FROM instance")
        }
        guard let row = rows.first else { throw StoreFault.noBook }
        return (try row.decode("id"), try row.decode("generation"))
    }

    /// Begins a new generation after a restore from backup: the time in seconds, or one more than the last if that
    /// is higher. All enrolled agents are in quarantine until each has reported in full.
    public func beginGeneration(now: Instant) async throws -> Int64 {
        try await pool.transaction { connection in
            let rows = try await connection.query(
                """
                UPDATE instance SET generation = greatest(generation + 1, \(now.seconds)), restored_at = \(now)
                RETURNING generation
                """)
            guard let row = rows.first else { throw StoreFault.noBook }
            // What an agent tells under the old generation must not pass for its report under the new one; times that
            // ran while the book was away start over.
            _ = try await connection.pipeline([
                "UPDATE agent SET quarantined = true WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL",
                "UPDATE journal SET last_reply = 0",
                """
                UPDATE attempt SET offer_expires = \(now.adding(seconds: settings.offerSeconds))
                WHERE NOT past AND state = 'offered' AND NOT parked
                """,
                "UPDATE attempt SET accepted_at = \(now) WHERE NOT past AND state = 'accepted'",
                """
                UPDATE attempt SET re_reads = 0,
                    next_re_read = \(now.adding(seconds: settings.reReadSeconds.first ?? 3600))
                WHERE past AND state = 'settled' AND settled_at > \(now.adding(seconds: -90 * 86_400))
                """,
            ])
            return try row.decode("generation")
        }
    }

    /// Ends an agent's quarantine on a manager's recorded word that nothing of this book runs there.
    public func waive(agent: AgentID, by member: MemberID, reason: String, now: Instant) async throws {
        var scope = BookScope()
        scope.agents = [agent]
        scope.liveOfAgents = true
        _ = try await BookStore(pool: pool, settings: settings).change(scope, now: now) { book in
            guard book.quarantine.contains(agent) else {
                throw StoreFault.notFound("quarantined agent \(agent)")
            }
            book.waive(agent, now: now)
            book.effects.append(
                .alarm(name: "quarantineWaived", text: "\(agent): waived by \(member): \(reason)"))
        }
    }
}
