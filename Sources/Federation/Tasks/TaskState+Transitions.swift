extension TaskState {
    /// Every way in which a task's state changes.
    public static let transitions: [(from: TaskState, event: TaskEvent, to: TaskState)] = [
        (.waiting, .parentsCompleted, .ready),
        (.waiting, .parentFailed, .dependencyFailed),
        (.waiting, .adopted, .running),
        (.waiting, .cancelled, .cancelled),
        (.waiting, .completed, .completed),
        (.ready, .claimed, .running),
        (.ready, .adopted, .running),
        (.ready, .cancelled, .cancelled),
        (.ready, .completed, .completed),
        (.running, .burnt, .ready),
        (.running, .continued, .ready),
        (.running, .retried, .ready),
        (.running, .superseded, .ready),
        (.running, .exhausted, .failed),
        (.running, .cancelled, .cancelled),
        (.running, .completed, .completed),
        (.failed, .completed, .completed),
        (.cancelled, .completed, .completed),
    ]

    /// The state after an event, or nil where the event means nothing in this state.
    public func applying(_ event: TaskEvent) -> TaskState? {
        TaskState.transitions.first { $0.from == self && $0.event == event }?.to
    }

    /// The transitions as a Mermaid state diagram, for the documentation.
    public static var diagram: String {
        var lines = ["stateDiagram-v2", "    [*] --> waiting", "    [*] --> ready"]
        for row in transitions {
            lines.append("    \(row.from.rawValue) --> \(row.to.rawValue): \(row.event.rawValue)")
        }
        for state in TaskState.allCases where state.hasEnded { lines.append("    \(state.rawValue) --> [*]") }
        return lines.joined(separator: "\n") + "\n"
    }
}
