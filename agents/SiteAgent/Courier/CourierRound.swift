/// What one cycle of the courier mode did.
public struct CourierRound: Hashable, Sendable {
    /// Replies that were applied.
    public var applied = 0
    /// Replies that said nothing new: repeated, overtaken, or of a journal that is no more.
    public var stale = 0
    /// Bundles that were not taken, each with the reason.
    public var refused: [String] = []
    /// Bundles that were written, by name.
    public var written: [String] = []
    /// Chunks that lie in the outbox.
    public var carried = 0
    /// Chunks that are wanted.
    public var wanted = 0
    /// Why the coordinator does not take this agent's documents, if it does not.
    public var fault: String?
}
