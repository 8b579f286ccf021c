public import Federation

/// What stands over a bundle's content, and what its signature is made over.
public struct BundleHeader: Hashable, Sendable, Codable {
    /// Which way a bundle goes.
    public enum Direction: String, Hashable, Sendable, Codable {
        /// From the agent: a `CourierDocument`, signed with the agent's key.
        case document
        /// From the coordinator: a `CourierReply`, signed with the book's key.
        case reply
    }

    /// The book.
    public var instance: InstanceID
    /// The agent that it is from or for.
    public var agent: AgentID
    /// The agent's journal.
    public var journal: JournalID
    /// Which way it goes.
    public var direction: Direction
    /// The document's number; in a reply, that of the document which it answers.
    public var number: Int64
    /// When it was written, by its writer's clock: for people.
    public var at: Instant
    /// How long the content is, in bytes.
    public var bytes: Int
    /// The content's SHA-256, 64 hexadecimal digits.
    public var sha256: String

    /// A header with that content.
    public init(
        instance: InstanceID, agent: AgentID, journal: JournalID, direction: Direction, number: Int64,
        at: Instant, bytes: Int, sha256: String
    ) {
        self.instance = instance
        self.agent = agent
        self.journal = journal
        self.direction = direction
        self.number = number
        self.at = at
        self.bytes = bytes
        self.sha256 = sha256
    }
}
