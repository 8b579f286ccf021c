public import Federation
import Seal
import Store

extension Coordinator {
    /// A one-time token for an agent of that site, good for one hour; makes the agent where it is new.
    public func enrolmentToken(agent: AgentID, site: SiteID, by principal: Principal) async throws -> String {
        try await CoordinationError.translating {
            try mustTend(site, principal, to: "enrol its agents")
            guard agent.isWellFormed else {
                throw CoordinationError(.invalid, "\"\(agent)\" is not a name: letters, digits, dots, dashes")
            }
            let token = "enrol_" + RandomName.make(length: 40)
            let now = settings.now()
            try await stores.agents.putEnrolment(
                sha256: try SHA256.hash(token.utf8).bytes, agent: agent, site: site, by: principal.member,
                now: now,
                expires: now.adding(seconds: 3600))
            return token
        }
    }

    /// Enrols the agent that shows a one-time token; the gateway then signs its certificate. Throws `.gone` for a
    /// token that was used or is too old.
    public func redeem(
        enrolmentToken: String, runRoot: RunRootID, ed25519: String, spkiSHA256: String, serial: String,
        until: Instant
    ) async throws -> (agent: AgentID, site: SiteID) {
        try await CoordinationError.translating {
            let credentials = AgentStore.Credentials(
                runRoot: runRoot, ed25519: ed25519, spkiSHA256: spkiSHA256, serial: serial, until: until)
            let hash = try SHA256.hash(enrolmentToken.utf8).bytes
            guard let enrolled = try await stores.agents.enrol(sha256: hash, credentials, now: settings.now())
            else {
                throw Coordinator.tokenGone
            }
            return enrolled
        }
    }

    /// The agent that a one-time token is for, without using it up: the certificate has to name it.
    public func enrolled(by token: String) async throws -> (agent: AgentID, site: SiteID) {
        try await CoordinationError.translating {
            let hash = try SHA256.hash(token.utf8).bytes
            guard let found = try await stores.agents.enrolment(sha256: hash, now: settings.now()) else {
                throw Coordinator.tokenGone
            }
            return found
        }
    }

    /// Books an agent's new certificate.
    public func renew(agent: AgentID, spkiSHA256: String, serial: String, until: Instant) async throws {
        try await CoordinationError.translating {
            try await stores.agents.renew(agent, spkiSHA256: spkiSHA256, serial: serial, until: until)
        }
    }

    /// The agent's own signing key as it was given at enrolment: for bundles, and for renewals after a long cut.
    public func signingKey(of agent: AgentID) async throws -> String? {
        try await CoordinationError.translating { try await stores.agents.signingKey(of: agent) }
    }

    /// Ends an agent's certificate; its attempts stay where they are.
    public func revoke(agent: AgentID, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustTend(try await site(of: agent), principal, to: "revoke its agents")
            try await stores.agents.revoke(agent, now: settings.now())
            signals.tell([agent])
        }
    }

    /// Gives the agent no new packs, or gives it packs again.
    public func drain(agent: AgentID, _ drained: Bool, by principal: Principal) async throws {
        try await CoordinationError.translating {
            let site = try await site(of: agent)
            try mustTend(site, principal, to: "drain its agents")
            if !drained, try await stores.sites.retired()[site] != nil {
                throw CoordinationError(.conflict, "\(site) is closed: its agents get no packs any more")
            }
            try await stores.agents.drain(agent, drained)
            signals.tell([agent])
            if !drained { signals.placeable() }
        }
    }

    /// Lets an agent take another run root: a manager's word that nothing runs in the old one any more.
    public func move(agent: AgentID, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "move agents")
            try await stores.agents.move(agent, by: principal.member, now: settings.now())
        }
    }

    /// Ends an agent's quarantine on a manager's word that nothing of this book runs there.
    public func waive(agent: AgentID, reason: String, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "waive an agent's report")
            try mustSay(reason)
            try await stores.instance.waive(
                agent: agent, by: principal.member, reason: reason, now: settings.now())
            signals.placeable()
        }
    }

    private static let tokenGone = CoordinationError(
        .gone, "the enrolment token is unknown, was used, or is older than an hour: ask for a new one")

    private func site(of agent: AgentID) async throws -> SiteID {
        guard let site = try await stores.agents.site(of: agent) else {
            throw CoordinationError(.notFound, "there is no agent \(agent)")
        }
        return site
    }
}
