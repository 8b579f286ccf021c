/// How many tasks a cancellation reached.
public struct CancelAnswer: Hashable, Sendable, Codable {
    /// Tasks that ended at once.
    public var cancelled: Int
    /// Tasks whose attempt is told to end at its site.
    public var requested: Int

    /// An answer with that content.
    public init(cancelled: Int, requested: Int) {
        self.cancelled = cancelled
        self.requested = requested
    }
}
