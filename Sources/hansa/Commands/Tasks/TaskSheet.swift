import Federation

/// One task on one sheet.
enum TaskSheet {
    static func show(_ detail: TaskDetailView) {
        let task = detail.task
        let spec = detail.spec
        print(
            "task       \(task.id)  \(Table.printable(task.name))  (\(task.kind.rawValue), \(spec.activity))")
        print(
            "state      \(TaskTable.state(of: task))\(task.remark.map { " – " + Table.printable($0) } ?? "")")
        print("campaign   \(Table.printable(task.campaignName))  (\(task.campaign))")
        print(
            "partner    \(task.partner), submitted by \(spec.member) at \(Figures.moment(task.submittedAt))")
        let words = ([spec.program] + spec.arguments).joined(separator: " ")
        print("runs       \(Table.printable(words))")
        print("asks for   \(resources(spec.resources))")
        if !detail.dependsOn.isEmpty {
            print("after      \(detail.dependsOn.map(\.description).joined(separator: " "))")
        }
        if !detail.attempts.isEmpty { showAttempts(detail.attempts) }
        if !detail.artifacts.isEmpty { ArtifactTable.show(detail.artifacts) }
        if !detail.history.isEmpty {
            print("\nHISTORY")
            for line in detail.history {
                print("  \(Figures.moment(line.at))  \(Table.printable(line.text))")
            }
        }
    }

    private static func showAttempts(_ attempts: [AttemptView]) {
        print("\nATTEMPTS")
        var table = Table("#", "SITE", "STATE", "JOB", "STARTED", ">RAN", ">HELD", ">CHARGED", "UNIT", "END")
        for attempt in attempts {
            var state = attempt.state.rawValue
            if let since = attempt.unreachableSince {
                state += ", unreachable since \(Figures.moment(since))"
            }
            table.add(
                String(attempt.key.fence.counter), attempt.site.rawValue, state, attempt.job ?? "",
                Figures.moment(attempt.startedAt),
                attempt.usage.map { Figures.duration(seconds: $0.elapsedSeconds) } ?? "",
                Figures.units(attempt.hold), Figures.units(attempt.charged), attempt.unit, end(of: attempt))
        }
        table.show()
        for attempt in attempts {
            guard let usage = attempt.usage, usage.source != .none else { continue }
            let memory = usage.maximumResidentBytes.map { ", at most \(Figures.bytes($0)) resident" } ?? ""
            let estimated = usage.estimated ? ", estimated" : ""
            print("  #\(attempt.key.fence.counter): usage from \(source(usage.source))\(estimated)\(memory)")
        }
    }

    private static func source(_ source: Usage.Source) -> String {
        switch source {
        case .siteRecord: "the site's record"
        case .markers: "start and finish markers"
        case .heartbeat: "the last heartbeat"
        case .none: "nothing"
        }
    }

    private static func end(of attempt: AttemptView) -> String {
        if let reason = attempt.waitingReason, attempt.end == nil { return reason }
        guard let end = attempt.end else { return "" }
        let detail = end.detail.isEmpty ? "" : ": \(end.detail)"
        switch end.outcome {
        case .completed: return "completed"
        case .continues: return "continues in the next link"
        case .cancelled: return "cancelled"
        case .failed(let failure): return failure.rawValue + detail
        }
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
