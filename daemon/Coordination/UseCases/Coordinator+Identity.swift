public import Federation
import Seal
import Store

extension Coordinator {
    /// Whose token that is (`hansa_…`, or a session's); nil when unknown, expired, revoked or of an inactive member.
    public func principal(token: String) async throws -> Principal? {
        try await CoordinationError.translating {
            let hash = try SHA256.hash(token.utf8).bytes
            guard let member = try await stores.tokens.member(sha256: hash, now: settings.now()) else {
                return nil
            }
            return Principal(
                member: member.id, partner: member.partner, roles: Set(member.roles), sites: Set(member.sites)
            )
        }
    }

    /// A new API token, shown this once; only its SHA-256 is kept. Operators make tokens for everybody, others for
    /// themselves.
    public func createToken(
        member: MemberID, label: String, expires: Instant?, by principal: Principal
    ) async throws -> String {
        try await CoordinationError.translating {
            if member != principal.member { try mustBe([.operator], principal, to: "make tokens for others") }
            if let expires, expires <= settings.now() {
                throw CoordinationError(.invalid, "the token would have ended already")
            }
            guard label != "session", label.utf8.count <= 200 else {
                throw CoordinationError(.invalid, "a label has at most 200 bytes and is not \"session\"")
            }
            return try await makeToken(member, label: label, expires: expires, by: principal.member)
        }
    }

    /// Ends a token, named by its handle (`hansa_` and the eight characters after it).
    public func revokeToken(handle: String, by principal: Principal) async throws {
        try await CoordinationError.translating {
            let owner = try await stores.tokens.owner(handle: handle)
            guard let owner, owner == principal.member || principal.roles.contains(.operator) else {
                throw CoordinationError(.notFound, "there is no token \(handle)")
            }
            try await stores.tokens.revoke(handle: handle, now: settings.now())
        }
    }

    /// A one-time code with which a browser signs in as that member within ten minutes.
    public func loginLink(member: MemberID, by principal: Principal) async throws -> String {
        try await CoordinationError.translating {
            if member != principal.member { try mustBe([.operator], principal, to: "sign in others") }
            let code = RandomName.make(length: 32)
            try await stores.tokens.putCode(
                sha256: try SHA256.hash(code.utf8).bytes, member: member,
                expires: settings.now().adding(seconds: 600))
            return code
        }
    }

    /// Turns a one-time code into a session's token, good for half a day; nil when it is unknown, used or too old.
    public func exchangeLogin(code: String) async throws -> String? {
        try await CoordinationError.translating {
            let now = settings.now()
            let hash = try SHA256.hash(code.utf8).bytes
            guard let member = try await stores.tokens.redeemCode(sha256: hash, now: now) else { return nil }
            return try await makeToken(
                member, label: "session", expires: now.adding(seconds: 43_200), by: member)
        }
    }

    /// Ends a browser's session; one that has ended already, or never was, is none either.
    public func endSession(token: String) async throws {
        try await CoordinationError.translating {
            let hash = try SHA256.hash(token.utf8).bytes
            try await stores.tokens.endSession(sha256: hash, now: settings.now())
        }
    }

    /// The agent whose certificate has that public key; nil when unknown or revoked.
    public func agent(spkiSHA256: String) async throws -> AgentPrincipal? {
        try await CoordinationError.translating {
            try await stores.agents.agent(spkiSHA256: spkiSHA256).map {
                AgentPrincipal(agent: $0.agent, site: $0.site, certificateUntil: $0.until)
            }
        }
    }

    /// The first result of a request with that `Idempotency-Key`, or nil when it is new. Throws `.conflict` when
    /// the key came before with another body.
    public func remembered(
        key: String, body: String, by principal: Principal
    ) async throws -> (status: Int, answer: String)? {
        try await CoordinationError.translating {
            try mustBeKey(key)
            return try await stores.idempotency.first(partner: principal.partner, key: key, body: body)
        }
    }

    /// Keeps a request's result under its `Idempotency-Key`.
    public func remember(
        key: String, body: String, status: Int, answer: String, by principal: Principal
    ) async throws {
        try await CoordinationError.translating {
            try mustBeKey(key)
            try await stores.idempotency.put(
                partner: principal.partner, key: key, body: body, status: status, answer: answer,
                now: settings.now())
        }
    }

    func mustBeKey(_ key: String) throws {
        guard (1...256).contains(key.utf8.count), key.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw CoordinationError(.invalid, "a key has 1 to 256 printable ASCII characters")
        }
    }

    private func makeToken(
        _ member: MemberID, label: String, expires: Instant?, by maker: MemberID
    ) async throws -> String {
        let handle = "hansa_" + RandomName.make(length: 8)
        let token = handle + RandomName.make(length: 40)
        try await stores.tokens.put(
            sha256: try SHA256.hash(token.utf8).bytes, handle: handle, member: member, label: label,
            expires: expires,
            by: maker, now: settings.now())
        return token
    }
}
