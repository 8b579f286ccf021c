public import Federation

extension Coordinator {
    /// A one-time token for an agent of that site, good for one hour; makes the agent where it is new.
    public func enrolmentToken(agent: AgentID, site: SiteID, by principal: Principal) async throws -> String {
        throw pending()
    }

    /// Enrols the agent that shows a one-time token; the gateway then signs its certificate. Throws `.gone` for a
    /// token that was used or is too old.
    public func redeem(
        enrolmentToken: String, runRoot: RunRootID, ed25519: String, spkiSHA256: String, serial: String,
        until: Instant
    ) async throws -> (agent: AgentID, site: SiteID) { throw pending() }

    /// The agent that a one-time token is for, without using it up: the certificate has to name it.
    public func enrolled(by token: String) async throws -> (agent: AgentID, site: SiteID) { throw pending() }

    /// Books an agent's new certificate.
    public func renew(agent: AgentID, spkiSHA256: String, serial: String, until: Instant) async throws {
        throw pending()
    }

    /// The agent's own signing key, base64 of the raw 32 bytes: for bundles, and for renewals after a long cut.
    public func signingKey(of agent: AgentID) async throws -> String? { throw pending() }

    /// Ends an agent's certificate; its attempts stay where they are.
    public func revoke(agent: AgentID, by principal: Principal) async throws { throw pending() }

    /// Gives the agent no new packs, or gives it packs again.
    public func drain(agent: AgentID, _ drained: Bool, by principal: Principal) async throws {
        throw pending()
    }

    /// One exchange. Where there is nothing to say it waits up to `wait` and answers early when something comes up,
    /// when the task is cancelled or the process is shutting down.
    public func exchange(
        _ document: AgentDocument, from agent: AgentPrincipal, wait: Duration
    ) async throws -> CoordinatorReply { throw pending() }
}
