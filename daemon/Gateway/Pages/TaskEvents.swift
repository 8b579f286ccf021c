import Federation

/// What happened to a task, in order: what its attempts' own moments tell, and what is on record in words.
enum TaskEvents {
    static func of(_ detail: TaskDetailView) -> [HistoryView] {
        var events = [
            HistoryView(at: detail.task.submittedAt, attempt: nil, text: "submitted by \(detail.spec.member)")
        ]
        for attempt in detail.attempts { events += moments(of: attempt) }
        events += detail.history
        return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    private static func moments(of attempt: AttemptView) -> [HistoryView] {
        var events: [HistoryView] = []
        func add(_ at: Instant?, _ text: String) {
            if let at { events.append(HistoryView(at: at, attempt: attempt.key, text: text)) }
        }
        add(
            attempt.offeredAt,
            "offered to \(attempt.agent) at \(attempt.site), partition \(attempt.partition)")
        add(attempt.startedAt, "its program started" + (attempt.job.map { " in job \($0)" } ?? ""))
        add(attempt.end?.at, AttemptTables.how(attempt))
        add(attempt.endedAt, "its end was booked")
        add(attempt.settledAt, "settled: \(PageText.units(attempt.charged)) \(attempt.unit) charged")
        return events
    }
}
