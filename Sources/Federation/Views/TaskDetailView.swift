/// One task with everything that is known of it.
public struct TaskDetailView: Hashable, Sendable, Codable {
    /// The line of the list.
    public var task: TaskView
    /// What was submitted.
    public var spec: TaskSpec
    /// Its attempts, oldest first.
    public var attempts: [AttemptView]
    /// The tasks it depends on.
    public var dependsOn: [TaskID]
    /// What it left, once published.
    public var artifacts: [ArtifactView]
    /// What happened to it, oldest first, in words.
    public var history: [HistoryView]

    /// A task with all that.
    public init(
        task: TaskView, spec: TaskSpec, attempts: [AttemptView], dependsOn: [TaskID],
        artifacts: [ArtifactView],
        history: [HistoryView]
    ) {
        self.task = task
        self.spec = spec
        self.attempts = attempts
        self.dependsOn = dependsOn
        self.artifacts = artifacts
        self.history = history
    }
}
