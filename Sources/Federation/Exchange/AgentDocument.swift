/// What an agent says in one exchange: who it is, all it has unsettled, and what has happened since.
public struct AgentDocument: Hashable, Sendable, Codable {
    /// Whether it opens a session or goes on with one.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Opens the session named in the document.
        case hello
        /// An ordinary exchange within the session.
        case exchange
        /// Only says what the agent can take and what is wrong with it: sent while its journal cannot be written. It
        /// has no number, lists nothing, and is neither booked nor reconciled.
        case notice
    }

    /// The exchange's version: 1.
    public var version: Int
    /// Whether it opens a session.
    public var kind: Kind
    /// The book the agent is enrolled with.
    public var instance: InstanceID
    /// The newest generation of the book that the agent has seen.
    public var generation: Int64
    /// The agent.
    public var agent: AgentID
    /// Its journal.
    public var journal: JournalID
    /// The id of its run root.
    public var runRoot: RunRootID
    /// Its session.
    public var session: SessionID
    /// The document's number within the journal, across all modes.
    public var number: Int64
    /// The number of the last reply that it applied.
    public var lastReply: Int64
    /// The highest event number the journal has given.
    public var lastEvent: Int64
    /// How the agent travels.
    public var mode: AgentMode
    /// The agent's program version, for people.
    public var program: String
    /// What it can take.
    public var capacity: [PartitionCapacity]
    /// What keeps it from taking anything new and needs a person at the site, in words.
    public var trouble: String?
    /// Every unsettled attempt it knows.
    public var attempts: [ListedAttempt]
    /// Whether `attempts` stands in for events that the agent no longer has.
    public var isSnapshot: Bool
    /// Whether this is the full report that a new generation asks for: a completed scan, and all history.
    public var isFull: Bool
    /// Forgotten attempts, in a full report only.
    public var history: [ListedAttempt]
    /// Events from the first unacknowledged one on, in order; possibly not all of them.
    public var events: [NumberedEvent]

    /// A document with the given head; lists are empty.
    public init(
        kind: Kind, instance: InstanceID, generation: Int64, agent: AgentID, journal: JournalID,
        runRoot: RunRootID,
        session: SessionID, number: Int64
    ) {
        version = AgentDocument.currentVersion
        self.kind = kind
        self.instance = instance
        self.generation = generation
        self.agent = agent
        self.journal = journal
        self.runRoot = runRoot
        self.session = session
        self.number = number
        lastReply = 0
        lastEvent = 0
        mode = .serve
        program = ""
        capacity = []
        trouble = nil
        attempts = []
        isSnapshot = false
        isFull = false
        history = []
        events = []
    }

    /// The version that this program speaks.
    public static let currentVersion = 1
}
