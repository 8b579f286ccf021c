/// The one row of an agent's journal that is not a pack, an attempt or an event.
public struct JournalHead: Hashable, Sendable, Codable {
    /// The book that the agent is enrolled with; it obeys no other.
    public var instance: InstanceID
    /// The agent.
    public var agent: AgentID
    /// The id of its run root.
    public var runRoot: RunRootID
    /// The journal's own random id.
    public var journal: JournalID
    /// How the agent travels.
    public var mode: AgentMode
    /// The newest generation of the book that it has seen.
    public var generation: Int64
    /// The highest document number given.
    public var lastDocument: Int64
    /// The number of the last reply applied, within the generation.
    public var lastReply: Int64
    /// The highest event number given.
    public var lastEvent: Int64
    /// A scan is due before anything is reported (§4.9).
    public var scanDue: Bool
    /// The next document's list stands in for events that are gone.
    public var snapshotDue: Bool
    /// The next document after the scan brings all history (§4.10).
    public var fullDue: Bool
    /// The first document that carried the snapshot that is due; an answer to it or a later one ends the duty.
    public var snapshotFrom: Int64?
    /// The first document that carried the full report that is due.
    public var fullFrom: Int64?
    /// A courier's session: it outlives the process, because its answers come hours later (§4.12).
    public var courierSession: SessionID?
    /// The coordinator's newest sealed block, for the record.
    public var newestBlock: String?

    /// The head of a journal that has said nothing yet: it begins with a scan and a full report.
    public init(instance: InstanceID, agent: AgentID, runRoot: RunRootID, journal: JournalID, mode: AgentMode)
    {
        self.instance = instance
        self.agent = agent
        self.runRoot = runRoot
        self.journal = journal
        self.mode = mode
        generation = 0
        lastDocument = 0
        lastReply = 0
        lastEvent = 0
        scanDue = true
        snapshotDue = true
        fullDue = true
        snapshotFrom = nil
        fullFrom = nil
        courierSession = nil
        newestBlock = nil
    }
}
