public import Federation
import Store

extension Coordinator {
    /// The agent whose bundle that member carries, and the key that it must be signed with. An operator carries for
    /// every agent, a siteAdmin for those of its sites. Throws `.notFound` for an agent that has no key (any more).
    public func carried(
        agent: AgentID, by principal: Principal
    ) async throws -> (agent: AgentPrincipal, signingKey: String) {
        try await CoordinationError.translating {
            guard let site = try await stores.agents.site(of: agent),
                let key = try await stores.agents.signingKey(of: agent)
            else { throw CoordinationError(.notFound, "there is no enrolled agent \(agent)") }
            if !principal.roles.contains(.operator) { try mustTend(site, principal, to: "carry its bundles") }
            return (
                AgentPrincipal(agent: agent, site: site, certificateUntil: .distantFuture), key
            )
        }
    }

    /// The coordinator's clock.
    public func now() -> Instant { settings.now() }

    /// The book's signature of those bytes, raw (64 bytes).
    public func sign(_ bytes: [UInt8]) throws -> [UInt8] { try signer.sign(bytes) }
}
