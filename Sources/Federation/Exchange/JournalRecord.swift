/// What the coordinator knows of one journal of an agent.
public struct JournalRecord: Hashable, Sendable {
    /// Events up to this number have been applied.
    public var lastEvent: Int64
    /// The highest document number seen.
    public var lastDocument: Int64
    /// The number of the last reply given, within the generation.
    public var lastReply: Int64

    /// A journal that has said nothing yet.
    public init() {
        lastEvent = 0
        lastDocument = 0
        lastReply = 0
    }
}
