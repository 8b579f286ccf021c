/// Nothing ran at a site that the book does not know.
struct UnbookedRule {
    var evidence: Evidence

    func apply(to verdict: inout Verdict) {
        let known = Set(evidence.attempts.map(\.key))
        for attempt in Set(evidence.runs.map(\.attempt)).subtracting(known).sorted() {
            let span = evidence.span(of: [attempt])
            let times = span.map { "from \($0.from.text) to \($0.to.text)" } ?? "without a line"
            verdict.ledgerMismatch.append("attempt \(attempt) ran \(times), and is not in the book")
        }
        let packs = Set(evidence.attempts.map(\.pack))
        for (site, rows) in evidence.accounting.sorted(by: { $0.key < $1.key }) {
            for row in rows where row.elapsed > 0 && row.name.hasPrefix("hansa-") {
                guard !packs.contains(where: { PackCase.names(row.name, $0) }) else { continue }
                verdict.ledgerMismatch.append(
                    "job \(row.id) at \(site) (\(row.name)) ran \(row.elapsed) s, and its pack is not in the book"
                )
            }
        }
        for attempt in evidence.attempts
        where !evidence.plan.sites.contains(where: { $0.name == attempt.site }) {
            verdict.ledgerMismatch.append(
                "attempt \(attempt.key) is at the site \(attempt.site), which the plan does not know")
        }
        let booked = Set(evidence.entries.compactMap(\.attempt)).subtracting(known)
        for attempt in booked.sorted() {
            verdict.ledgerMismatch.append("attempt \(attempt) has entries, and is not in the book")
        }
    }
}
