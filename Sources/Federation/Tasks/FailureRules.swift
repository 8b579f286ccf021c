/// What a member says of a task's failures, beyond the rules of their classes.
public struct FailureRules: Hashable, Sendable, Codable {
    /// After so many seconds without progress the program is ended as stalled; nil waits for the walltime.
    public var stallAfterSeconds: Int64?
    /// Whether a task that was killed for memory is tried again: its next attempt asks for as much as the last.
    public var retryOutOfMemory: Bool
    /// What lines of the log say of a failure; the first of them that is found counts.
    public var patterns: [FailurePattern]

    /// Rules that say nothing unless told.
    public init(
        stallAfterSeconds: Int64? = nil, retryOutOfMemory: Bool = false, patterns: [FailurePattern] = []
    ) {
        self.stallAfterSeconds = stallAfterSeconds
        self.retryOutOfMemory = retryOutOfMemory
        self.patterns = patterns
    }
}
