public import Postgres

/// Who proposes. The database's clock decides, because the coordinators' own may differ.
public struct LeaseStore: Sendable {
    private let pool: Pool

    /// The lease in that database.
    public init(pool: Pool) { self.pool = pool }

    /// Takes or renews the lease: answers the epoch while `holder` has it, nil while another one does. Whoever takes
    /// it over from another begins a new epoch, which fences every claim of the old one.
    public func acquire(holder: String, seconds: Int64) async throws -> Int64? {
        let rows = try await pool.query(
            """
            INSERT INTO lease AS l (name, holder, epoch, until)
            VALUES ('proposer', \(holder), 1, now() + make_interval(secs => \(Double(seconds))))
            ON CONFLICT (name) DO UPDATE SET until = excluded.until, holder = excluded.holder,
                epoch = CASE WHEN l.holder = excluded.holder THEN l.epoch ELSE l.epoch + 1 END
            WHERE l.holder = excluded.holder OR l.until < now()
            RETURNING epoch
            """)
        return try rows.first?.decode("epoch")
    }

    /// Gives the lease up, so that another coordinator need not wait for its end.
    public func release(holder: String) async throws {
        try await pool.execute(
            "UPDATE lease SET until = now() - interval '1 second' WHERE name = 'proposer' AND holder = \(holder)"
        )
    }
}
