public import Federation
public import Postgres

/// Agents: enrolment, certificates, drain, and what they last said of themselves.
public struct AgentStore: Sendable {
    private let pool: Pool

    /// The agents of that database.
    public init(pool: Pool) { self.pool = pool }

    /// Makes a one-time token's row, and the agent's where it is new. Throws `StoreFault.conflict` for an agent that
    /// belongs to another site.
    public func putEnrolment(
        sha256: [UInt8], agent: AgentID, site: SiteID, by member: MemberID, now: Instant, expires: Instant
    ) async throws {
        try await pool.transaction { connection in
            let sites = try await connection.query("SELECT FROM site WHERE id = \(site)")
            guard !sites.isEmpty else { throw StoreFault.notFound("site \(site)") }
            let rows = try await connection.pipeline([
                "INSERT INTO agent (id, site) VALUES (\(agent), \(site)) ON CONFLICT (id) DO NOTHING",
                "SELECT site FROM agent WHERE id = \(agent)",
            ])[1]
            guard try rows.first?.decode("site", as: SiteID.self) == site else {
                throw StoreFault.conflict("\(agent) is an agent of another site")
            }
            try await connection.execute(
                """
                INSERT INTO enrolment (sha256, agent, made_by, made_at, expires_at)
                VALUES (\(sha256), \(agent), \(member), \(now), \(expires))
                """)
        }
    }

    /// The agent and site that an unused, unexpired one-time token is for.
    public func enrolment(sha256: [UInt8], now: Instant) async throws -> (agent: AgentID, site: SiteID)? {
        let rows = try await pool.query(
            """
            SELECT a.id, a.site FROM enrolment e JOIN agent a ON a.id = e.agent
            WHERE e.sha256 = \(sha256) AND e.used_at IS NULL AND e.expires_at > \(now)
            """)
        return try rows.first.map { (try $0.decode("id"), try $0.decode("site")) }
    }

    /// What an agent shows when it enrols.
    public struct Credentials: Sendable {
        /// Its run root's id.
        public var runRoot: RunRootID
        /// Its own signing key, base64 of the raw 32 bytes.
        public var ed25519: String
        /// SHA-256 of its certificate's public key.
        public var spkiSHA256: String
        /// The certificate's serial number.
        public var serial: String
        /// When the certificate ends.
        public var until: Instant

        /// Those credentials.
        public init(runRoot: RunRootID, ed25519: String, spkiSHA256: String, serial: String, until: Instant) {
            self.runRoot = runRoot
            self.ed25519 = ed25519
            self.spkiSHA256 = spkiSHA256
            self.serial = serial
            self.until = until
        }
    }

    /// Uses a one-time token up and enrols its agent; nil when the token is unknown, used or too old. An agent that
    /// enrols again keeps its journal's row; another run root's is refused until `move`.
    public func enrol(
        sha256: [UInt8], _ credentials: Credentials, now: Instant
    ) async throws -> (agent: AgentID, site: SiteID)? {
        try await pool.transaction { connection in
            let used = try await connection.query(
                """
                UPDATE enrolment SET used_at = \(now)
                WHERE sha256 = \(sha256) AND used_at IS NULL AND expires_at > \(now) RETURNING agent
                """)
            guard let agent = try used.first?.decode("agent", as: AgentID.self) else { return nil }
            let rows = try await connection.query(
                """
                UPDATE agent SET run_root = coalesce(run_root, \(credentials.runRoot)),
                    ed25519 = \(credentials.ed25519), spki_sha256 = \(credentials.spkiSHA256),
                    serial = \(credentials.serial), certificate_until = \(credentials.until), revoked_at = NULL,
                    enrolled_at = \(now)
                WHERE id = \(agent) AND (run_root IS NULL OR run_root = \(credentials.runRoot))
                RETURNING id, site
                """)
            guard let row = rows.first else {
                throw StoreFault.conflict(
                    "\(agent) was enrolled with another run root; if it has moved: hansa admin agent move")
            }
            return (try row.decode("id"), try row.decode("site"))
        }
    }

    /// Lets an agent enrol with another run root: a manager's word that nothing runs in the old one any more.
    public func move(_ agent: AgentID, by member: MemberID, now: Instant) async throws {
        try await pool.transaction { connection in
            let count = try await connection.execute(
                "UPDATE agent SET run_root = NULL, journal = NULL, session = NULL WHERE id = \(agent)")
            guard count == 1 else { throw StoreFault.notFound("agent \(agent)") }
            try await AlarmStore.raise(
                connection, name: "agentMoved", words: "\(agent) may take another run root, says \(member)",
                now: now)
        }
    }

    /// Books a new certificate of an agent that is not revoked.
    public func renew(
        _ agent: AgentID, spkiSHA256: String, serial: String, until: Instant
    ) async throws {
        let count = try await pool.execute(
            """
            UPDATE agent SET spki_sha256 = \(spkiSHA256), serial = \(serial), certificate_until = \(until)
            WHERE id = \(agent) AND revoked_at IS NULL AND enrolled_at IS NOT NULL
            """)
        guard count == 1 else { throw StoreFault.notFound("enrolled agent \(agent)") }
    }

    /// The agent whose certificate has that public key; nil when unknown or revoked.
    public func agent(
        spkiSHA256: String
    ) async throws -> (agent: AgentID, site: SiteID, until: Instant)? {
        let rows = try await pool.query(
            """
            SELECT id, site, certificate_until FROM agent
            WHERE spki_sha256 = \(spkiSHA256) AND revoked_at IS NULL AND certificate_until IS NOT NULL
            """)
        return try rows.first.map {
            (try $0.decode("id"), try $0.decode("site"), try $0.decode("certificate_until"))
        }
    }

    /// An agent's own signing key, unless it is revoked.
    public func signingKey(of agent: AgentID) async throws -> String? {
        let rows = try await pool.query(
            "SELECT ed25519 FROM agent WHERE id = \(agent) AND revoked_at IS NULL")
        return try rows.first?.decode("ed25519")
    }

    /// The agent's site.
    public func site(of agent: AgentID) async throws -> SiteID? {
        try await pool.query("SELECT site FROM agent WHERE id = \(agent)").first?.decode("site")
    }

    /// Ends an agent's certificate.
    public func revoke(_ agent: AgentID, now: Instant) async throws {
        let count = try await pool.execute("UPDATE agent SET revoked_at = \(now) WHERE id = \(agent)")
        guard count == 1 else { throw StoreFault.notFound("agent \(agent)") }
    }

    /// Closes or opens an agent for new packs.
    public func drain(_ agent: AgentID, _ drained: Bool) async throws {
        let count = try await pool.execute("UPDATE agent SET drained = \(drained) WHERE id = \(agent)")
        guard count == 1 else { throw StoreFault.notFound("agent \(agent)") }
    }

    /// Notes what an agent says of itself, in a transaction of its own that touches nothing when nothing changed, and
    /// that nobody waits for on the disk: lost in a crash, it differs from what the agent says next.
    /// Answers whether its capacity changed: then something may be placed that could not be before.
    public func note(_ document: AgentDocument) async throws -> Bool {
        let capacity = try StoredJSON.text(document.capacity)
        let rows = try await pool.query(
            """
            UPDATE agent SET capacity = \(json: capacity), program = \(document.program)
            WHERE id = \(document.agent) AND (capacity <> \(json: capacity) OR program <> \(document.program))
            RETURNING set_config('synchronous_commit', 'off', true)
            """)
        return !rows.isEmpty
    }
}
