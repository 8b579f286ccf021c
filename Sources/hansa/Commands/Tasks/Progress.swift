import APIClient
import Federation
import Glibc
import Wire

/// Follows campaigns: one screen that is drawn over on a terminal, a plain line per change elsewhere.
struct Progress {
    let client: CoordinatorClient
    let campaigns: [String]
    let timeoutSeconds: Int64?

    private static let secondsBetweenLooks: Int64 = 1
    private static let secondsBetweenLines: Int64 = 10

    /// Returns whether everything ended well.
    func follow(json: Bool) async throws -> Bool {
        let begin = Figures.now
        let isTerminal = isatty(1) == 1 && !json
        var drawn = 0
        var lastLine = ""
        var lastSpoken = Instant.distantPast
        while true {
            var views: [CampaignView] = []
            for name in campaigns {
                views.append(
                    try await client.get("/v1/campaigns/\(PathPart.encoded(name))", retry: .idempotent))
            }
            let elapsed = Figures.now.seconds(since: begin)
            let isOver = views.allSatisfy { $0.endedAt != nil }
            if isTerminal {
                let running = try await running()
                drawn = Progress.draw(Progress.screen(views, running: running, elapsed: elapsed), over: drawn)
            } else if !json {
                let line = views.map(Progress.line).joined(separator: "; ")
                let isDue = Figures.now.seconds(since: lastSpoken) >= Progress.secondsBetweenLines
                if isOver || (isDue && line != lastLine) {
                    print("  \(Figures.duration(seconds: elapsed))  \(line)")
                    fflush(nil)
                    (lastLine, lastSpoken) = (line, Figures.now)
                }
            }
            if isOver {
                if json { try JSONOutput.show(views) }
                return views.allSatisfy { view in
                    [.failed, .cancelled, .dependencyFailed].allSatisfy { view.count($0) == 0 }
                }
            }
            if let timeoutSeconds, elapsed > timeoutSeconds {
                throw CommandError(
                    .temporary, "not over after \(Figures.duration(seconds: timeoutSeconds)); it goes on")
            }
            try await Task.sleep(for: .seconds(Progress.secondsBetweenLooks))
        }
    }

    private func running() async throws -> [TaskView] {
        let page: Page<TaskView> = try await client.get(
            "/v1/tasks", query: [("state", "running"), ("limit", "12")], retry: .idempotent)
        return page.items
    }

    static func line(_ view: CampaignView) -> String {
        let total = view.tasks.values.reduce(0, +)
        var text = "\(view.name) \(view.count(.completed))/\(total)"
        if view.count(.running) > 0 { text += ", \(view.count(.running)) running" }
        if view.links > 0 { text += ", \(view.links) links" }
        let bad = view.count(.failed) + view.count(.dependencyFailed)
        if bad > 0 { text += ", \(bad) failed" }
        if view.count(.cancelled) > 0 { text += ", \(view.count(.cancelled)) cancelled" }
        return text
    }

    static func screen(_ views: [CampaignView], running: [TaskView], elapsed: Int64) -> [String] {
        var lines = ["running for \(Figures.duration(seconds: elapsed))"]
        for view in views {
            let total = max(view.tasks.values.reduce(0, +), 1)
            let filled = view.count(.completed) * 30 / total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
            lines.append("\(bar)  \(line(view))")
        }
        var table = Table("SITE", "TASK", "STATE", "REMARK")
        for task in running {
            table.add(task.site?.rawValue ?? "", task.name, TaskTable.state(of: task), task.remark ?? "")
        }
        return lines + (table.isEmpty ? [] : [""] + table.lines)
    }

    private static func draw(_ lines: [String], over drawn: Int) -> Int {
        var text = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        for line in lines { text += "\u{1B}[2K" + String(line.prefix(110)) + "\n" }
        text += "\u{1B}[0J"
        print(text, terminator: "")
        fflush(nil)
        return lines.count
    }
}
