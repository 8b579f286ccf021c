import Federation

/// The attempts of a task: where and when each was, how it ended, and what it used and cost.
struct AttemptTables {
    let task: TaskID
    let attempts: [AttemptView]

    /// Sites, jobs and ends.
    func states() -> HTML {
        PageParts.table(
            "Attempts",
            heads: ["Attempt", "State", "Site", "Partition", "Agent", "Job", "Ran", "How it stands", "Log"]
        ) {
            for attempt in attempts {
                tag("tr") {
                    PageParts.head { tag("code", attempt.key.fence.description) }
                    tag("td") { PageParts.badge(attempt.state.rawValue, tone(attempt)) }
                    tag("td") { PageParts.link(["sites", attempt.site.rawValue], attempt.site.rawValue) }
                    PageParts.cell(attempt.partition.rawValue)
                    PageParts.cell(attempt.agent.rawValue)
                    PageParts.cell(attempt.job ?? "–")
                    PageParts.cell(attempt.usage.map(ran) ?? "–")
                    PageParts.cell(AttemptTables.how(attempt))
                    tag("td") { log(attempt) }
                }
            }
            if attempts.isEmpty { PageParts.emptyRow(9, "No attempt yet.") }
        }
    }

    /// What each used, by whose word, and what it holds and was charged.
    func usage() -> HTML {
        PageParts.table(
            "Usage and charges",
            heads: [
                "Attempt", "Nodes", ">CPU-hours", ">Memory at most", ">kWh",
                ">Site bills an hour at", "By", ">Held", ">Charged",
                "Unit", "Budget",
            ]
        ) {
            for attempt in attempts {
                tag("tr") {
                    PageParts.head { tag("code", attempt.key.fence.description) }
                    PageParts.cell(attempt.usage.map(shape) ?? "–")
                    PageParts.number(
                        attempt.usage?.cpuSeconds.map { PageText.decimal($0 / 3600, digits: 3) } ?? "–")
                    PageParts.number(attempt.usage?.maximumResidentBytes.map(memory) ?? "–")
                    PageParts.number(
                        attempt.usage?.energyJoules.map { PageText.decimal($0 / 3.6e6, digits: 3) } ?? "–")
                    PageParts.number(attempt.usage?.billing.map { PageText.count($0) } ?? "–")
                    PageParts.cell(attempt.usage.map(source) ?? "–")
                    PageParts.number(PageText.units(attempt.hold))
                    PageParts.number(PageText.units(attempt.charged))
                    PageParts.cell(attempt.unit)
                    PageParts.cell(attempt.budget?.rawValue ?? "none")
                }
            }
        }
    }

    private func tone(_ attempt: AttemptView) -> PageParts.Tone {
        if attempt.unreachableSince != nil { return .bad }
        if attempt.state.isBurnt { return .warn }
        return switch attempt.end?.outcome {
        case .completed, .continues: .good
        case .failed: .bad
        case .cancelled: .warn
        case nil: .calm
        }
    }

    /// How it ended; until then why it waits, in words.
    static func how(_ attempt: AttemptView) -> String {
        if let since = attempt.unreachableSince { return "site unreachable since \(PageText.minute(since))" }
        guard let end = attempt.end else { return attempt.waitingReason ?? "" }
        let word: String =
            switch end.outcome {
            case .completed: "completed"
            case .continues: "continued in the next link"
            case .cancelled: "cancelled"
            case .failed(let failure): "failed: \(failure), \(failure.inWords)"
            }
        return end.detail.isEmpty ? word : "\(word) (\(end.detail))"
    }

    private func log(_ attempt: AttemptView) -> HTML {
        guard attempt.startedAt != nil else { return HTML("–") }
        return tag("a", ["href": "/tasks/\(task)/log?fence=\(attempt.key.fence)"], "log")
    }

    private func shape(_ usage: Usage) -> String {
        var text = "\(usage.nodes) × \(PageText.counted(usage.coresPerNode, "core"))"
        if usage.devicesPerNode > 0 { text += ", \(usage.devicesPerNode) devices" }
        return text
    }

    private func ran(_ usage: Usage) -> String {
        let text = PageText.duration(seconds: usage.elapsedSeconds)
        return usage.runs.count > 1 ? "\(text) in \(usage.runs.count) runs" : text
    }

    private func memory(_ bytes: Int64) -> String {
        PageText.decimal(Double(bytes) / 1_048_576, digits: 0) + PageText.thin + "MiB"
    }

    private func source(_ usage: Usage) -> String {
        let word: String =
            switch usage.source {
            case .siteRecord: "the site's record"
            case .markers: "its markers"
            case .heartbeat: "its last heartbeat"
            case .none: "nothing ran"
            }
        return usage.estimated ? "\(word), estimated" : word
    }
}
