/// Counts the faults that were drawn and those whose effect was seen.
enum FaultTally {
    static func count(
        _ timeline: [TimelineEvent], in verdict: inout Verdict, file: String
    ) throws(Unreadable) {
        for event in timeline where event.event == "strike" || event.event == "landed" {
            guard let kind = event.fault, !kind.isEmpty else {
                throw Unreadable(file, "a \(event.event) without its fault")
            }
            if event.event == "strike" {
                verdict.byFault[kind, default: FaultCount()].runs += 1
            } else {
                guard let seen = event.evidence, !seen.isEmpty else {
                    throw Unreadable(file, "\(kind) landed, and nobody says what was seen")
                }
                verdict.byFault[kind, default: FaultCount()].landed += 1
            }
        }
        for (kind, count) in verdict.byFault where count.landed > count.runs {
            throw Unreadable(file, "\(kind) landed \(count.landed) times and was drawn \(count.runs) times")
        }
        verdict.runs = verdict.byFault.values.reduce(0) { $0 + $1.runs }
        verdict.landed = verdict.byFault.values.reduce(0) { $0 + $1.landed }
    }
}
