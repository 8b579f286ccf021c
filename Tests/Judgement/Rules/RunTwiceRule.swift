/// An attempt's program runs once, and never two attempts of a task at the same time.
struct RunTwiceRule {
    var evidence: Evidence

    func apply(to verdict: inout Verdict) {
        let byRank = Dictionary(grouping: evidence.runs) { "\($0.attempt) rank \($0.rank)" }
        for (name, runs) in byRank.sorted(by: { $0.key < $1.key }) where runs.count > 1 {
            verdict.ranTwice.append(
                "attempt \(name) ran \(runs.count) times: "
                    + runs.map { "\($0.name) \(times($0))" }.sorted().joined(separator: "; "))
        }
        var attempts: [String: Set<String>] = [:]
        for run in evidence.runs {
            if let task = run.written?.task { attempts[task, default: []].insert(run.attempt) }
        }
        for (task, keys) in attempts.sorted(by: { $0.key < $1.key }) where keys.count > 1 {
            let spans = keys.compactMap { key in evidence.span(of: [key]).map { (key: key, span: $0) } }
                .sorted { ($0.span.from, $0.key) < ($1.span.from, $1.key) }
            for (index, earlier) in spans.enumerated() {
                for later in spans[(index + 1)...] where later.span.from < earlier.span.to {
                    verdict.ranTwice.append(
                        "task \(task): attempt \(earlier.key) wrote until \(earlier.span.to.text), "
                            + "attempt \(later.key) since \(later.span.from.text)")
                }
            }
        }
    }

    private func times(_ run: ProgramRun) -> String {
        run.written.map { "from \($0.start.text) to \($0.last.text)" } ?? "without a line"
    }
}
