/// What can happen to a task; the rows of `TaskState.transitions`.
public enum TaskEvent: String, Hashable, Sendable, CaseIterable {
    /// All tasks it depends on have completed.
    case parentsCompleted
    /// A task it depends on ended badly.
    case parentFailed
    /// An attempt was made and its budget held.
    case claimed
    /// An attempt that the book did not know of was found alive at a site (§4.7).
    case adopted
    /// Its attempt was declined, withdrawn or not accepted in time.
    case burnt
    /// Its attempt ended with exit 85: the next link of the chain is due.
    case continued
    /// Its attempt ended badly and may be tried again.
    case retried
    /// Its site has been silent until nothing of it can be running any more (§4.5).
    case superseded
    /// Its attempt ended badly for the last time.
    case exhausted
    /// Somebody cancelled it, and its attempt, if it had one, is over.
    case cancelled
    /// An attempt, of whatever fence, completed (§4.6).
    case completed
}
