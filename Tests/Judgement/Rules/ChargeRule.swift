/// A pack's attempts together are charged tariff × Slurm's record of its jobs, every run of them, to the thousandth. Where
/// the lines prove the record wrong, that is told, and the charge is the record's or the lines'.
struct ChargeRule {
    var pack: PackCase
    var evidence: Evidence

    func apply(to verdict: inout Verdict) {
        let faults = RecordFault.all(pack)
        let called =
            "pack \(pack.pack) at \(pack.site.name) (\(pack.attempts.map(\.key).joined(separator: ", ")))"
        var charged: Int64 = 0
        for attempt in pack.attempts {
            let booked = evidence.entries.filter {
                $0.attempt == attempt.key && ($0.kind == "settle" || $0.kind == "adjust")
            }.reduce(Int64(0)) { $0 + $1.amount.value }
            charged += booked
            if booked != attempt.charged.value {
                verdict.ledgerMismatch.append(
                    "attempt \(attempt.key): its entries charge \(Thousandths.text(booked)), "
                        + "it says \(Thousandths.text(attempt.charged.value))")
            }
            if booked > attempt.holdSize.value, !attempt.isBurnt {
                verdict.overrun.append(
                    "attempt \(attempt.key) cost \(Thousandths.text(booked)) core-seconds, "
                        + "\(Thousandths.text(attempt.holdSize.value)) were held")
            }
        }
        // A program that is running at the seed's end has no final record yet, and is nobody's fault.
        if let end = evidence.last("end"), let span = pack.span, span.to >= end.adding(-Tolerance.alive) {
            return
        }
        verdict.siteRecordWrong += faults.map { "\(called): \($0.words)" }
        let open = pack.attempts.filter { $0.state != "settled" && !$0.isBurnt }
        if let first = open.first {
            // A record that never becomes final is settled as an estimate, days later.
            if !faults.contains(where: \.figures) {
                verdict.ledgerMismatch.append(
                    "attempt \(first.key) is \(first.state), not settled: "
                        + "the record is final, at \(Thousandths.text(pack.recorded)) core-seconds")
            }
            return
        }
        check(charged, called, faults, &verdict)
    }

    private func check(_ charged: Int64, _ called: String, _ faults: [RecordFault], _ verdict: inout Verdict)
    {
        let recorded = pack.recorded
        guard charged != recorded else { return }
        let words =
            "\(called): charged \(Thousandths.text(charged)) core-seconds, "
            + "Slurm's record comes to \(Thousandths.text(recorded)) (\(rowsInWords))"
        var faults = faults
        if pack.rows.isEmpty, pack.unnamed.isEmpty, pack.attempts.contains(where: { $0.job != nil }) {
            let fault = RecordFault(words: "no job of this pack is in the record", figures: true)
            if faults.isEmpty { verdict.siteRecordWrong.append("\(called): \(fault.words)") }
            faults.append(fault)
        }
        guard faults.contains(where: \.figures) else {
            verdict.ledgerMismatch.append(words)
            return
        }
        if charged == recorded + pack.recordedUnnamed { return }
        let seconds = pack.span.map { $0.to.since($0.from) } ?? 0
        let wide = Tolerance.estimate + (evidence.plan.heartbeatSeconds ?? Tolerance.heartbeat)
        // Runs that the record has right count beside the one that the lines tell of.
        let least = Double(pack.likelyRate) * (seconds - Double(wide))
        let most = Double(pack.likelyRate) * (seconds + Double(wide)) + Double(recorded)
        if Double(charged) >= least, Double(charged) <= most { return }
        verdict.ledgerMismatch.append(
            "\(words), and by its lines it ran \(Int(seconds)) s at \(pack.likelyRate / 1000) core-seconds each"
        )
    }

    private var rowsInWords: String {
        guard !pack.rows.isEmpty else { return "no run" }
        return pack.rows.map { "job \($0.id) \($0.state) \($0.elapsed) s at \(pack.rate($0) / 1000)" }
            .joined(separator: ", ")
    }
}
