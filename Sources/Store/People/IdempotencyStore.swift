public import Federation
public import Postgres

/// Answers of requests that carried an `Idempotency-Key`.
public struct IdempotencyStore: Sendable {
    private let pool: Pool

    /// The answers kept in that database.
    public init(pool: Pool) { self.pool = pool }

    /// The first answer under that key, or nil when it is new. Throws `StoreFault.otherBody`.
    public func first(
        partner: PartnerID, key: String, body: String
    ) async throws -> (status: Int, answer: String)? {
        let rows = try await pool.query(
            """
            SELECT status, answer, body_sha256 = sha256(convert_to(\(body), 'UTF8')) AS same FROM idempotency
            WHERE partner = \(partner) AND key = \(key)
            """)
        guard let row = rows.first else { return nil }
        guard try row.decode("same", as: Bool.self) else { throw StoreFault.otherBody(key: key) }
        return (Int(try row.decode("status", as: Int32.self)), try row.decode("answer"))
    }

    /// Keeps an answer; the first one under a key stays.
    public func put(
        partner: PartnerID, key: String, body: String, status: Int, answer: String, now: Instant
    ) async throws {
        try await pool.execute(
            """
            INSERT INTO idempotency (partner, key, body_sha256, status, answer, made_at)
            VALUES (\(partner), \(key), sha256(convert_to(\(body), 'UTF8')), \(Int32(clamping: status)), \(answer),
                \(now))
            ON CONFLICT (partner, key) DO NOTHING
            """)
    }
}
