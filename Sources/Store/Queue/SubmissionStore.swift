public import Federation
public import Postgres

/// Takes submissions, idempotent end to end: the same key with the same body again gives the first result.
public struct SubmissionStore: Sendable {
    private let pool: Pool
    private let settings: ExchangeSettings

    /// The submissions of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        self.settings = settings
    }

    /// Enters a submission in one transaction. Throws `StoreFault.otherBody` when the key came before with another
    /// body, `StoreFault.unresolved` when it waits for a task of an earlier campaign that is not there.
    public func enter(_ submission: Submission, now: Instant) async throws -> Entered {
        let entered = try await pool.transaction { connection in
            let writer = SubmissionWriter(
                connection: connection, submission: submission, settings: settings, now: now)
            return try await writer.write()
        }
        // A parent of an earlier campaign may have ended while this was being entered.
        let earlier = Set(submission.earlier.joined()).sorted()
        if !entered.isRepeat, !earlier.isEmpty {
            _ = try await DependencyStore(pool: pool, settings: settings).follow(earlier, now: now)
        }
        return entered
    }

    /// The first result of a submission with that key, or nil when it is new. Throws `StoreFault.otherBody`.
    public func first(partner: PartnerID, key: String, body: String) async throws -> Entered? {
        try await pool.withConnection { connection in
            try await SubmissionWriter.first(connection, partner: partner, key: key, body: body)
        }
    }
}
