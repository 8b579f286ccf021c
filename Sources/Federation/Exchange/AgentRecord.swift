/// What the coordinator knows of an agent: the part that the rules read and change.
public struct AgentRecord: Hashable, Sendable {
    /// The agent.
    public var id: AgentID
    /// The site it acts at.
    public var site: SiteID
    /// The run root it was enrolled with.
    public var runRoot: RunRootID?
    /// The journal that speaks for it.
    public var journal: JournalID?
    /// The session that is open.
    public var session: SessionID?
    /// Counts the journals that have spoken for it.
    public var epoch: Int64
    /// When the last journals took over, newest last; two that alternate are alarmed.
    public var switches: [Instant]
    /// When it last spoke.
    public var seen: Instant?
    /// How it travelled last: a courier's offers arrive confirmed (§4.12).
    public var mode: AgentMode
    /// It gets no new packs.
    public var drained: Bool

    /// An agent that has never spoken.
    public init(id: AgentID, site: SiteID) {
        self.id = id
        self.site = site
        runRoot = nil
        journal = nil
        session = nil
        epoch = 0
        switches = []
        seen = nil
        mode = .serve
        drained = false
    }
}
