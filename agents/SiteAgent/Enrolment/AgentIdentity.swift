public import Federation

/// Who the agent is, as its enrolment said; stands in its folder.
public struct AgentIdentity: Hashable, Sendable, Codable {
    /// The agent.
    public var agent: AgentID
    /// Its site.
    public var site: SiteID
    /// The book it is enrolled with; it obeys no other.
    public var instance: InstanceID
    /// The id of its run root.
    public var runRoot: RunRootID
    /// The coordinator's address for members: enrolment, and renewal of a certificate that has expired.
    public var coordinator: String
    /// The coordinator's address for agents, where a client certificate is required.
    public var exchange: String

    /// An identity with that content.
    public init(
        agent: AgentID, site: SiteID, instance: InstanceID, runRoot: RunRootID, coordinator: String,
        exchange: String
    ) {
        self.agent = agent
        self.site = site
        self.instance = instance
        self.runRoot = runRoot
        self.coordinator = coordinator
        self.exchange = exchange
    }
}
