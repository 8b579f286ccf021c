public import Postgres

/// What keeps the database in shape under load.
public struct MaintenanceStore: Sendable {
    /// Tables of which a row lives for seconds, or is changed again and again.
    private static let busy = ["ready", "attempt_live", "budget", "agent", "journal", "lease", "ledger_tail"]

    private let pool: Pool

    /// Maintains that database.
    public init(pool: Pool) { self.pool = pool }

    /// Removes dead rows of the busy tables; a table that somebody else is working on is left alone.
    public func vacuum() async throws {
        try await pool.withConnection { connection in
            for table in Self.busy {
                try await connection.script("VACUUM (SKIP_LOCKED, TRUNCATE off) \(table)")
            }
        }
    }

    /// How long the oldest snapshot has been held in this database, in seconds, where anybody holds one.
    public func oldestSnapshotSeconds() async throws -> Int64? {
        let rows = try await pool.query(
            """
            SELECT max(extract(epoch FROM clock_timestamp() - xact_start))::bigint AS age FROM pg_stat_activity
            WHERE datname = current_database() AND backend_xmin IS NOT NULL AND pid <> pg_backend_pid()
            """)
        return try rows.first?.decode("age", as: Int64?.self)
    }
}
