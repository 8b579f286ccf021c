public import Federation

/// A row of the queue as memory holds it.
public struct ReadyKey: Sendable, Hashable {
    /// The shape's row.
    public var shape: Int32
    /// Priority and age in one number; the lower the earlier.
    public var rank: Int64
    /// The task's name.
    public var task: TaskID
    /// When it was submitted.
    public var submittedAt: Instant
    /// Not to be placed before.
    public var notBefore: Instant?
    /// The agent that its chain is bound to.
    public var boundTo: AgentID?

    /// The task's row, which the rank ends with.
    var row: Int64 { rank & 0xFF_FFFF_FFFF }
}
