public import Federation

extension Coordinator {
    /// Whose token that is (`hansa_…`, or a session's); nil when unknown, expired, revoked or of an inactive member.
    public func principal(token: String) async throws -> Principal? { throw pending() }

    /// A new API token, shown this once; only its SHA-256 is kept.
    public func createToken(
        member: MemberID, label: String, expires: Instant?, by principal: Principal
    ) async throws -> String { throw pending() }

    /// Ends a token, named by its handle (its first characters).
    public func revokeToken(handle: String, by principal: Principal) async throws { throw pending() }

    /// A one-time code with which a browser signs in as that member within ten minutes.
    public func loginLink(member: MemberID, by principal: Principal) async throws -> String {
        throw pending()
    }

    /// Turns a one-time code into a session's token; nil when it is unknown, used or too old.
    public func exchangeLogin(code: String) async throws -> String? { throw pending() }

    /// The agent whose certificate has that public key; nil when unknown or revoked.
    public func agent(spkiSHA256: String) async throws -> AgentPrincipal? { throw pending() }

    /// The first result of a request with that `Idempotency-Key`, or nil when it is new. Throws `.conflict` when
    /// the key came before with another body.
    public func remembered(key: String, body: String, by principal: Principal) async throws -> (
        status: Int, answer: String
    )? {
        throw pending()
    }

    /// Keeps a request's result under its `Idempotency-Key`.
    public func remember(key: String, body: String, status: Int, answer: String, by principal: Principal)
        async throws
    {
        throw pending()
    }
}
