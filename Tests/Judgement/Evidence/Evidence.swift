/// All that a seed left, read and found whole.
struct Evidence: Sendable {
    var plan: SeedPlan
    var timeline: [TimelineEvent]
    var runs: [ProgramRun]
    /// Slurm's record by site.
    var accounting: [String: [AccountingRun]]
    var tasks: [BookTask]
    var attempts: [BookAttempt]
    var entries: [BookEntry]
    var budgets: [BookBudget]

    /// The instant of the first event of that kind.
    func first(_ event: String) -> Moment? { timeline.first { $0.event == event }?.moment }
    /// The instant of the last event of that kind.
    func last(_ event: String) -> Moment? { timeline.last { $0.event == event }?.moment }

    /// The processes of an attempt.
    func runs(of attempt: String) -> [ProgramRun] { runs.filter { $0.attempt == attempt } }

    /// From the first to the last line of some attempts' processes, those that were left behind among them.
    func span(of attempts: some Sequence<String>) -> (from: Moment, to: Moment)? {
        let wanted = Set(attempts)
        let written = runs.filter { wanted.contains($0.attempt) }.compactMap(\.written)
        guard let from = written.map(\.start).min(), let to = written.map(\.last).max() else { return nil }
        return (from, to)
    }
}
