/// Every task that was submitted has ended, as it had to, and what is said to be completed did run to its end.
struct LossRule {
    var evidence: Evidence

    func apply(to verdict: inout Verdict) {
        for planned in evidence.plan.tasks {
            let called = "task \(planned.task) of key \(planned.key)"
            let named = evidence.tasks.filter { $0.name == planned.task }
            let found = named.count > 1 ? named.filter { $0.campaignName == planned.key } : named
            guard let task = found.first else {
                verdict.lost.append(
                    named.isEmpty
                        ? "\(called) is not in the book"
                        : "\(called): the book has \(named.count) of that name, and none says its key")
                continue
            }
            if found.count > 1 {
                verdict.ranTwice.append(
                    "\(called) stands \(found.count) times in the book: "
                        + found.map(\.id).joined(separator: ", "))
            }
            if task.hasEnded {
                checkEnd(of: task, planned, called, &verdict)
            } else {
                checkOpen(task, called, &verdict)
            }
        }
    }

    private func checkOpen(_ task: BookTask, _ called: String, _ verdict: inout Verdict) {
        let heal = evidence.last("last-heal") ?? Moment(seconds: 0)
        let end = evidence.last("end") ?? heal
        let said = task.remark.map { " (\($0))" } ?? ""
        let words =
            "\(called), \(task.id), is \(task.state)\(said) \(Int(end.since(heal))) s after the last heal"
        let running = evidence.runs.first { run in
            guard let written = run.written, written.task == task.id, !run.isChild else { return false }
            return written.ended == nil && written.last >= end.adding(-Tolerance.alive)
        }
        if let running, let last = running.written?.last {
            verdict.explained.append("\(words); attempt \(running.attempt) still wrote at \(last.text)")
        } else {
            let last = evidence.runs.compactMap(\.written).filter { $0.task == task.id }.map(\.last).max()
            verdict.lost.append(
                "\(words); " + (last.map { "its last line is of \($0.text)" } ?? "nothing of it ever ran"))
        }
    }

    private func checkEnd(
        of task: BookTask, _ planned: SeedPlan.Task, _ called: String, _ verdict: inout Verdict
    ) {
        let isExpected = planned.expect == "any" || planned.expect == task.state
        if !isExpected, !(planned.mayFail && task.state != "completed") {
            let said = task.remark.map { " (\($0))" } ?? ""
            verdict.lost.append(
                "\(called), \(task.id), is \(task.state)\(said), and had to be \(planned.expect)")
            return
        }
        guard task.state == "completed" else { return }
        let ranks = Set((0..<max(1, planned.ranks ?? 1)).map(String.init))
        let attempts = Set(evidence.runs.filter { $0.written?.task == task.id }.map(\.attempt))
        let isBorneOut = attempts.contains { attempt in
            let good = evidence.runs(of: attempt).filter { $0.written?.ended == 0 }.map(\.rank)
            return ranks.isSubset(of: good)
        }
        guard !isBorneOut else { return }
        let ends = attempts.sorted().map { attempt in
            let ended = evidence.runs(of: attempt).filter { $0.written?.ended == 0 && !$0.isChild }.count
            return "\(attempt): \(ended) of \(ranks.count) ranks"
        }
        verdict.lost.append(
            "\(called), \(task.id), is completed, and in no attempt did all its ranks end with 0"
                + (ends.isEmpty ? ": nothing of it ever ran" : " (\(ends.joined(separator: "; ")))"))
    }
}
