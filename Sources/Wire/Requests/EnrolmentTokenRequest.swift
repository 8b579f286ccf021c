public import Federation

/// Asks for a one-time token that enrols an agent within an hour.
public struct EnrolmentTokenRequest: WireRequest {
    /// The agent's name.
    public var agent: AgentID
    /// Its site.
    public var site: SiteID

    /// A request with that content.
    public init(agent: AgentID, site: SiteID) {
        self.agent = agent
        self.site = site
    }

    /// Its keys.
    public static let members: Set<String> = ["agent", "site"]
}
