import Federation

/// Tasks as a table.
enum TaskTable {
    static func show(_ tasks: [TaskView]) {
        guard !tasks.isEmpty else { return print("no tasks") }
        var table = Table("TASK", "NAME", "KIND", "STATE", "SITE", ">TRIES", "SUBMITTED", "REMARK")
        for task in tasks {
            table.add(
                task.id.description, task.name, task.kind.rawValue, state(of: task),
                task.site?.rawValue ?? "",
                task.attempts == 0 ? "" : String(task.attempts), Figures.moment(task.submittedAt),
                task.remark ?? "")
        }
        table.show()
    }

    /// The task's state, with its attempt's in brackets while that says more.
    static func state(of task: TaskView) -> String {
        guard task.state == .running, let attempt = task.attemptState, attempt != .started else {
            return task.state.rawValue
        }
        return "running (\(attempt.rawValue))"
    }
}
