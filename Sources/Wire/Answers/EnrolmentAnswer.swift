public import Federation

/// What an enrolled agent needs to speak.
public struct EnrolmentAnswer: Hashable, Sendable, Codable {
    /// The agent.
    public var agent: AgentID
    /// Its site.
    public var site: SiteID
    /// The book it is enrolled with.
    public var instance: InstanceID
    /// The book's generation.
    public var generation: Int64
    /// Its certificate and those above it, PEM, leaf first.
    public var certificates: String
    /// The authority that the coordinator's own certificate comes from, PEM.
    public var authority: String
    /// The book's Ed25519 public key, PEM: replies that a courier carries are signed with it.
    public var bookKey: String?

    /// An answer with that content.
    public init(
        agent: AgentID, site: SiteID, instance: InstanceID, generation: Int64, certificates: String,
        authority: String, bookKey: String? = nil
    ) {
        self.agent = agent
        self.site = site
        self.instance = instance
        self.generation = generation
        self.certificates = certificates
        self.authority = authority
        self.bookKey = bookKey
    }
}
