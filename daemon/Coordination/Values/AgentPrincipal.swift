public import Federation

/// An agent as its certificate names it.
public struct AgentPrincipal: Sendable, Hashable {
    /// The agent.
    public var agent: AgentID
    /// The site at which it acts.
    public var site: SiteID
    /// When its certificate ends.
    public var certificateUntil: Instant

    /// That agent.
    public init(agent: AgentID, site: SiteID, certificateUntil: Instant) {
        self.agent = agent
        self.site = site
        self.certificateUntil = certificateUntil
    }
}
