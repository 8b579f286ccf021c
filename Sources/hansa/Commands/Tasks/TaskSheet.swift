import Federation

/// One task on one sheet.
enum TaskSheet {
    /// So many attempts, the newest, are shown with everything that happened to them; the table has them all.
    static let detailed = 3

    static func show(_ detail: TaskDetailView) { for line in lines(detail) { print(line) } }

    static func lines(_ detail: TaskDetailView) -> [String] {
        let task = detail.task
        let spec = detail.spec
        let words = ([spec.program] + spec.arguments).joined(separator: " ")
        var lines = [
            "task       \(task.id)  \(Table.printable(task.name))  (\(task.kind.rawValue), \(spec.activity))",
            "state      \(TaskTable.state(of: task))\(task.remark.map { " – " + Table.printable($0) } ?? "")",
            "campaign   \(Table.printable(task.campaignName))  (\(task.campaign))",
            "partner    \(task.partner), submitted by \(spec.member) at \(Figures.moment(task.submittedAt))",
            "runs       \(Table.printable(words))",
            "asks for   \(resources(spec.resources))",
        ]
        if !detail.dependsOn.isEmpty {
            lines.append("after      \(detail.dependsOn.map(\.description).joined(separator: " "))")
        }
        let shown = detail.attempts.suffix(detailed)
        if !detail.attempts.isEmpty {
            lines += ["", "ATTEMPTS"] + table(detail.attempts).lines
            for attempt in shown {
                let history = detail.history.filter { $0.attempt == attempt.key }
                lines += [""] + AttemptSheet(attempt: attempt, history: history).lines
            }
        }
        if !detail.artifacts.isEmpty { lines += ArtifactTable.lines(detail.artifacts) }
        let keys = Set(shown.map(\.key))
        let rest = detail.history.filter { line in line.attempt.map { !keys.contains($0) } ?? true }
        if !rest.isEmpty { lines += ["", "HISTORY"] }
        for line in rest {
            let attempt = line.attempt.map { "#\($0.fence.counter)  " } ?? ""
            lines.append("  \(Figures.moment(line.at))  \(attempt)\(Table.printable(line.text))")
        }
        return lines
    }

    private static func table(_ attempts: [AttemptView]) -> Table {
        var table = Table("#", "SITE", "STATE", "JOB", "STARTED", ">RAN", ">HELD", ">CHARGED", "UNIT", "END")
        for attempt in attempts {
            let end = attempt.end.map { AttemptSheet.words($0) }
            table.add(
                String(attempt.key.fence.counter), attempt.site.rawValue, attempt.state.rawValue,
                attempt.job ?? "", Figures.moment(attempt.startedAt),
                attempt.usage.map { Figures.duration(seconds: $0.elapsedSeconds) } ?? "",
                Figures.units(attempt.hold), Figures.units(attempt.charged), attempt.unit,
                end ?? attempt.waitingReason ?? "")
        }
        return table
    }

    static func resources(_ resources: Resources) -> String {
        var text = "\(resources.nodes) node\(resources.nodes == 1 ? "" : "s")"
        text +=
            " × \(resources.coresPerNode) cores, \(resources.ranksPerNode) ranks, \(resources.memoryMiBPerNode) MiB"
        if resources.devicesPerNode > 0 {
            text += ", \(resources.devicesPerNode) \(resources.deviceType ?? "devices")"
        }
        return text + ", \(Figures.duration(seconds: resources.walltimeSeconds))"
    }
}
