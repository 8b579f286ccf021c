public import Postgres

/// Wakes the other coordinators on this database.
public struct WakeUpStore: Sendable {
    private let pool: Pool

    /// Wake-ups of that database.
    public init(pool: Pool) { self.pool = pool }

    /// Wakes whoever listens on that channel, in a transaction of its own: in another one it would make all commits
    /// stand in line.
    public func notify(_ channel: String) async throws {
        try await pool.execute("NOTIFY \(identifier: channel)")
    }
}
