/// Something that a rule decided beyond the records it changed: written by the driver in the same transaction.
public enum Effect: Hashable, Sendable {
    /// A line for the ledger.
    case entry(LedgerEntry)
    /// A task ended: its dependents are looked at, its campaign's counts change.
    case taskEnded(TaskID, TaskState)
    /// A task is to be placed (again): its row goes back to the queue.
    case taskReady(TaskID, notBefore: Instant?)
    /// A task that was in the queue is no longer to be placed.
    case taskUnready(TaskID)
    /// The artifacts of the attempt that completed its task become visible.
    case published(AttemptKey, [ProducedArtifact])
    /// What an attempt left, or its chain carries on from; kept, not published.
    case resulted(AttemptKey, AttemptEnd)
    /// Metrics of an attempt.
    case metrics(AttemptKey, JSONValue)
    /// A piece of a log that somebody asked for: what stands for so many of its bytes from that one on.
    case log(AttemptKey, offset: Int64, bytes: Int64, text: String)
    /// Something people should look at: a stable name and words.
    case alarm(name: String, text: String)
    /// An event that could not be applied, kept whole.
    case keptEvent(JournalKey, NumberedEvent, reason: String)
    /// The agent declined the attempt's pack: its shape is not offered to that agent before then.
    case backOff(AttemptKey, AgentID, until: Instant)
    /// Something for the task's history, in words.
    case history(AttemptKey, String)
}
