/// What of a journal changed since it was last persisted: the rows that the driver writes in one transaction.
public struct JournalChanges: Hashable, Sendable {
    /// The head changed (`AgentJournal.head`).
    public var head = false
    /// Rows of packs to be written from `packs` or `closedPacks`.
    public var packs: Set<PackID> = []
    /// Rows of attempts to be written from `attempts` or `history`.
    public var attempts: Set<AttemptKey> = []
    /// All events up to this number are to be deleted.
    public var eventsDeletedThrough: Int64?
    /// Events from this number on are to be written from `outbox`.
    public var eventsAddedFrom: Int64?
    /// All events are to be deleted first: the journal took a new id and counts from 1.
    public var eventsRestarted = false

    /// No change.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool {
        !head && packs.isEmpty && attempts.isEmpty && eventsDeletedThrough == nil && eventsAddedFrom == nil
            && !eventsRestarted
    }
}
