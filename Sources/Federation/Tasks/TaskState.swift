/// Where a task stands. The transitions are `TaskState.applying`'s.
public enum TaskState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Waits for the tasks it depends on.
    case waiting
    /// May be placed.
    case ready
    /// Has one live attempt.
    case running
    /// Ended well.
    case completed
    /// Ended badly, and its retries are used up.
    case failed
    /// Ended because somebody cancelled it.
    case cancelled
    /// Will never run: a task it depends on ended badly.
    case dependencyFailed

    /// Whether nothing changes it any more, except that a late completion of any fence turns it into `completed`.
    public var hasEnded: Bool {
        switch self {
        case .waiting, .ready, .running: false
        case .completed, .failed, .cancelled, .dependencyFailed: true
        }
    }
}
