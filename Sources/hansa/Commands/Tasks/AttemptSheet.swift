import Federation

/// One attempt of a task: where it was, what happened to it when, and what it used.
struct AttemptSheet {
    let attempt: AttemptView
    /// What is on record of it in words, oldest first.
    let history: [HistoryView]

    var lines: [String] {
        var lines = ["  #\(attempt.key.fence.counter)  \(place)"]
        for entry in events.sorted(by: { $0.at < $1.at }) {
            lines.append("      \(Figures.moment(entry.at))  \(Table.printable(entry.words))")
        }
        if let since = attempt.unreachableSince {
            lines.append(
                "      unreachable since \(Figures.moment(since)): its hold stays, nothing is placed elsewhere"
            )
        } else if attempt.end == nil, let reason = attempt.waitingReason {
            lines.append("      now: \(Table.printable(reason))")
        }
        if let usage = attempt.usage { lines.append("      used: \(AttemptSheet.words(usage))") }
        let budget = attempt.budget.map { " on \($0)" } ?? ""
        lines.append(
            "      holds \(Figures.units(attempt.hold)), charged \(Figures.units(attempt.charged)) "
                + "\(attempt.unit)\(budget)")
        return lines
    }

    private var place: String {
        let job = attempt.job.map { "job \(Table.printable($0))" } ?? "no job yet"
        return "\(attempt.state.rawValue) at \(attempt.site) (agent \(attempt.agent), partition "
            + "\(attempt.partition), pack \(attempt.pack), \(job))"
    }

    private var events: [(at: Instant, words: String)] {
        var events = [(attempt.offeredAt, "offered to \(attempt.agent)")]
        if let at = attempt.startedAt { events.append((at, "its program started (the site's clock)")) }
        if let end = attempt.end {
            events.append((end.at, "\(AttemptSheet.words(end)) (the site's clock)"))
            if let at = attempt.endedAt { events.append((at, "its end was booked")) }
        }
        if let at = attempt.settledAt { events.append((at, "settled: \(source)")) }
        return events + history.map { ($0.at, $0.text) }
    }

    private var source: String {
        guard let usage = attempt.usage else { return "nothing was used" }
        return "usage from \(AttemptSheet.words(usage.source))"
            + (usage.estimated ? ", estimated: the site may still change it" : "")
    }

    /// How an attempt ended, in words.
    static func words(_ end: AttemptEnd) -> String {
        let detail = end.detail.isEmpty ? "" : ": \(end.detail)"
        switch end.outcome {
        case .completed: return "completed"
        case .continues: return "continues in the next link, \(end.progress) steps done"
        case .cancelled: return "cancelled\(detail)"
        case .failed(let failure):
            return "failed, \(failure.rawValue)\(detail.isEmpty ? ": \(failure.inWords)" : detail)"
        }
    }

    /// What was used, with where the figures come from.
    static func words(_ usage: Usage) -> String {
        guard usage.source != .none || !usage.runs.isEmpty else { return "nothing" }
        var text =
            "\(usage.nodes) node\(usage.nodes == 1 ? "" : "s") × \(usage.coresPerNode) cores for "
            + Figures.duration(seconds: usage.elapsedSeconds)
        if usage.devicesPerNode > 0 { text += ", \(usage.devicesPerNode) devices a node" }
        if let billing = usage.billing { text += ", billed at \(billing) an hour" }
        if usage.runs.count > 1 { text += " in \(usage.runs.count) runs" }
        if let seconds = usage.cpuSeconds { text += ", \(Figures.decimal(seconds, digits: 1)) CPU-seconds" }
        if let bytes = usage.maximumResidentBytes { text += ", at most \(Figures.bytes(bytes)) resident" }
        if let joules = usage.energyJoules {
            text += ", \(Figures.decimal(joules / 3_600_000, digits: 3)) kWh"
        }
        return text + ", from \(words(usage.source))\(usage.estimated ? ", estimated" : "")"
    }

    private static func words(_ source: Usage.Source) -> String {
        switch source {
        case .siteRecord: "the site's record"
        case .markers: "start and finish markers"
        case .heartbeat: "the last heartbeat"
        case .none: "nothing"
        }
    }
}
