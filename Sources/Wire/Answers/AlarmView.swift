public import Federation

/// Something that somebody should look at.
public struct AlarmView: Hashable, Sendable, Codable {
    /// Its number, rising.
    public var number: Int64
    /// When it was raised.
    public var at: Instant
    /// A word that programs may compare.
    public var kind: String
    /// What it is, in words.
    public var text: String
    /// The site concerned.
    public var site: SiteID?
    /// The agent concerned.
    public var agent: AgentID?
    /// The attempt concerned.
    public var attempt: AttemptKey?
    /// When it was over.
    public var clearedAt: Instant?

    /// An answer with that content.
    public init(
        number: Int64, at: Instant, kind: String, text: String, site: SiteID? = nil, agent: AgentID? = nil,
        attempt: AttemptKey? = nil, clearedAt: Instant? = nil
    ) {
        self.number = number
        self.at = at
        self.kind = kind
        self.text = text
        self.site = site
        self.agent = agent
        self.attempt = attempt
        self.clearedAt = clearedAt
    }
}
