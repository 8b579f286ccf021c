/// Something that people should look at.
public struct AlarmView: Hashable, Sendable, Codable {
    /// Its number, for clearing it.
    public var id: Int64
    /// A stable name (`journalsAlternate`, `eventKept`).
    public var name: String
    /// What happened, in words.
    public var text: String
    /// When it happened first.
    public var first: Instant
    /// When it happened last.
    public var last: Instant
    /// How often.
    public var count: Int64
    /// When somebody cleared it.
    public var cleared: Instant?

    /// An alarm with that content.
    public init(
        id: Int64, name: String, text: String, first: Instant, last: Instant, count: Int64, cleared: Instant?
    ) {
        self.id = id
        self.name = name
        self.text = text
        self.first = first
        self.last = last
        self.count = count
        self.cleared = cleared
    }
}
