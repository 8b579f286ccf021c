/// A way in which Slurm's record of a pack contradicts the lines of its programs.
struct RecordFault {
    var words: String
    /// Whether the figures to charge by are wrong by it: then the lines tell what it cost.
    var figures: Bool

    /// All that is wrong with a pack's record.
    static func all(_ pack: PackCase) -> [RecordFault] {
        var faults: [RecordFault] = []
        for row in pack.rows where !row.hasEnded {
            let submitted = row.submit.map { ", submitted at \($0.text)" } ?? ""
            faults.append(
                RecordFault(words: "job \(row.id)\(submitted) is \(row.state) for ever", figures: true))
        }
        for row in pack.rows where row.hasEnded {
            guard let start = row.start, let end = row.end else { continue }
            let counted = Int64(end.since(start)) - row.suspended
            if counted >= 0, abs(counted - row.elapsed) > 1 {
                faults.append(
                    RecordFault(
                        words: "job \(row.id) ran \(row.elapsed) s, and from start to end it is \(counted) s",
                        figures: true))
            }
        }
        for row in pack.unnamed {
            faults.append(
                RecordFault(
                    words: "job \(row.id) has a run of \(row.elapsed) s under the name \(row.name)",
                    figures: true))
        }
        if let span = pack.span { faults += against(span, pack) }
        return faults
    }

    private static func against(_ span: (from: Moment, to: Moment), _ pack: PackCase) -> [RecordFault] {
        let lines = "its program wrote from \(span.from.text) to \(span.to.text)"
        let rows = pack.rows + pack.unnamed
        guard !rows.isEmpty else {
            return [RecordFault(words: "no job of this pack is in the record, and \(lines)", figures: true)]
        }
        let ran = rows.filter { $0.elapsed > 0 }
        guard let from = ran.compactMap(\.start).min() else {
            guard rows.allSatisfy(\.hasEnded), span.to.since(span.from) > 1 else { return [] }
            let states = rows.map(\.state).joined(separator: ", ")
            return [RecordFault(words: "the record (\(states)) has it at 0 s, and \(lines)", figures: true)]
        }
        var faults: [RecordFault] = []
        if span.from < from.adding(-Tolerance.start) {
            faults.append(
                RecordFault(words: "the record begins at \(from.text), and \(lines)", figures: true))
        }
        if rows.allSatisfy(\.hasEnded), let to = ran.compactMap(\.end).max() {
            if span.to > to.adding(Tolerance.end) {
                faults.append(
                    RecordFault(words: "the record ends at \(to.text), and \(lines)", figures: true))
            } else if let own = ran.last(where: { isAround(span.from, $0) }), let end = own.end,
                end > span.to.adding(Tolerance.tail)
            {
                // Slurm's end is when it was told: it bills that, so nobody else's figure is right.
                faults.append(
                    RecordFault(
                        words: "job \(own.id) is recorded until \(end.text) (\(own.state)), and \(lines)",
                        figures: false))
            }
        }
        return faults
    }

    private static func isAround(_ moment: Moment, _ row: AccountingRun) -> Bool {
        guard let start = row.start, let end = row.end else { return false }
        return moment >= start.adding(-Tolerance.start) && moment <= end.adding(Tolerance.end)
    }
}
