public import Federation
public import Postgres

/// API tokens, sessions and one-time codes. Only SHA-256 hashes of the secrets are here.
public struct TokenStore: Sendable {
    private let pool: Pool

    /// The tokens of that database.
    public init(pool: Pool) { self.pool = pool }

    /// The active member whose unexpired, unrevoked token that is.
    public func member(sha256: [UInt8], now: Instant) async throws -> MemberView? {
        let rows = try await pool.query(
            """
            SELECT m.id, m.partner, m.roles, m.sites, m.active, n.name, n.mail
            FROM api_token k JOIN member m ON m.id = k.member LEFT JOIN member_name n ON n.member = m.id
            WHERE k.sha256 = \(sha256) AND k.revoked_at IS NULL AND m.active
                AND (k.expires_at IS NULL OR k.expires_at > \(now))
            """)
        return try rows.first.map { try MemberView(row: $0) }
    }

    /// Keeps a new token's hash. `handle` names it without giving it away.
    public func put(
        sha256: [UInt8], handle: String, member: MemberID, label: String, expires: Instant?,
        by maker: MemberID,
        now: Instant
    ) async throws {
        let count = try await pool.execute(
            """
            INSERT INTO api_token (sha256, handle, member, label, made_at, made_by, expires_at)
            SELECT \(sha256), \(handle), id, \(label), \(now), \(maker), \(expires) FROM member
            WHERE id = \(member) AND active
            """)
        guard count == 1 else { throw StoreFault.notFound("active member \(member)") }
    }

    /// The member of a token, by its handle.
    public func owner(handle: String) async throws -> MemberID? {
        try await pool.query("SELECT member FROM api_token WHERE handle = \(handle)").first?.decode("member")
    }

    /// Ends a token.
    public func revoke(handle: String, now: Instant) async throws {
        let count = try await pool.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE handle = \(handle) AND revoked_at IS NULL")
        guard count == 1 else { throw StoreFault.notFound("token \(handle) that is not revoked") }
    }

    /// Ends a browser's session; an API token that came in its cookie stays.
    public func endSession(sha256: [UInt8], now: Instant) async throws {
        try await pool.execute(
            """
            UPDATE api_token SET revoked_at = \(now)
            WHERE sha256 = \(sha256) AND label = 'session' AND revoked_at IS NULL
            """)
    }

    /// Keeps a one-time code's hash.
    public func putCode(sha256: [UInt8], member: MemberID, expires: Instant) async throws {
        let count = try await pool.execute(
            """
            INSERT INTO login_code (sha256, member, expires_at)
            SELECT \(sha256), id, \(expires) FROM member WHERE id = \(member) AND active
            """)
        guard count == 1 else { throw StoreFault.notFound("active member \(member)") }
    }

    /// Uses a one-time code up; the member it is for, or nil when it is unknown, used or too old.
    public func redeemCode(sha256: [UInt8], now: Instant) async throws -> MemberID? {
        let rows = try await pool.query(
            """
            UPDATE login_code SET used_at = \(now)
            WHERE sha256 = \(sha256) AND used_at IS NULL AND expires_at > \(now) RETURNING member
            """)
        return try rows.first?.decode("member")
    }

    /// Removes codes and sessions that ended more than a day ago.
    public func prune(now: Instant) async throws {
        let before = now.adding(seconds: -86_400)
        try await pool.execute("DELETE FROM login_code WHERE expires_at < \(before)")
        try await pool.execute("DELETE FROM api_token WHERE expires_at < \(before) AND label = 'session'")
        try await pool.execute("DELETE FROM idempotency WHERE made_at < \(now.adding(seconds: -30 * 86_400))")
    }
}
