public import Federation

extension SlurmLauncher {
    /// The record of the packs' jobs: one `sacct` for all of them, every run of a job that was put back. A pack is left
    /// out while nothing can be said of it. Without accounting the markers and the queue's last word are the record.
    public func rows(of packs: [PackInQuestion]) async -> [PackID: [JobRow]]? {
        // A submission that is unclear is not yet "none".
        let clear = packs.filter { doubts[$0.pack] == nil }
        if record.accounting != .none {
            let now = WallClock.sinceBoot()
            let due = record.due(clear, now: now)
            guard !due.isEmpty else { return [:] }
            let answer = await accountingRows(of: due)
            if record.accounting != .none {
                guard let answer else { return nil }
                return merged(await completed(answer, due), due, now: now)
            }
        }
        var rows: [PackID: [JobRow]] = [:]
        for question in clear { rows[question.pack] = ownRows(of: question) }
        return rows
    }

    /// What `sacct` says; nil where it does not answer. Finds out whether there is accounting at all.
    private func accountingRows(of packs: [PackInQuestion]) async -> [PackID: [AccountingRow]]? {
        guard let user = await user(), let fields = await fields() else { return nil }
        var found: [PackID: [AccountingRow]] = [:]
        // A command's words have a length that the system bounds.
        for start in stride(from: 0, to: packs.count, by: 1000) {
            let part = packs[start..<min(start + 1000, packs.count)]
            let separator = SlurmTable.separator()
            let answer = await shell.run(
                "sacct",
                [
                    "-D", "-p", "--delimiter=\(separator)", "-u", user, "-S", "now-\(days(part))days",
                    "--name=\(part.map { name($0.pack) }.joined(separator: ","))",
                    "-o", fields.names.joined(separator: ","),
                ], variables: ["SLURM_TIME_FORMAT": "%s"])
            guard case .answered(let output, let remarks) = answer else {
                if answer.fault?.contains("accounting storage is disabled") == true {
                    record.accounting = .none
                }
                return nil
            }
            guard await isBanner(remarks),
                let rows = AccountingRow.rows(
                    output, fields: fields, separator: separator, user: user, cluster: record.cluster)
            else { return nil }
            record.accounting = .there
            for row in rows { if let pack = pack(named: row.name) { found[pack, default: []].append(row) } }
        }
        return found
    }

    /// Since when the record is asked for: two days before the oldest of the folders was made.
    private func days(_ packs: ArraySlice<PackInQuestion>) -> Int64 {
        let now = WallClock().now().microseconds
        let oldest = packs.map { question in
            DurableFile.modified("\(question.folder.path)/record.json") ?? now - 400 * 86_400_000_000
        }.min()
        return max(0, now - (oldest ?? now)) / 86_400_000_000 + 2
    }

    private func fields() async -> AccountingRow.Fields? {
        if let known = record.fields { return known }
        guard case .answered(let output, _) = await shell.run("sacct", ["--helpformat"]) else { return nil }
        record.fields = AccountingRow.Fields(known: String(decoding: output, as: UTF8.self))
        return record.fields
    }

    /// Adds the runs that took a start marker and are not in the record under their job's name: asked for by id, known
    /// by the marker's time.
    private func completed(
        _ answer: [PackID: [AccountingRow]], _ packs: [PackInQuestion]
    ) async -> [PackID: [AccountingRow]] {
        var lacking: [(pack: PackID, job: String, at: Instant)] = []
        for question in packs {
            guard let marker = (try? question.folder.start()) ?? nil, let job = marker.job else { continue }
            let starts = (answer[question.pack] ?? []).filter { $0.row.job == job }.map(\.row.start)
            let isThere = starts.contains { start in
                start.map { abs($0.seconds(since: marker.at)) <= AccountingRow.nearSeconds } ?? true
            }
            if !starts.isEmpty, !isThere { lacking.append((question.pack, job, marker.at)) }
        }
        guard !lacking.isEmpty, let fields = record.fields else { return answer }
        let separator = SlurmTable.separator()
        let asked = await shell.run(
            "sacct",
            [
                "-D", "-a", "-p", "--delimiter=\(separator)", "-j", lacking.map(\.job).joined(separator: ","),
                "-o", fields.names.joined(separator: ","),
            ], variables: ["SLURM_TIME_FORMAT": "%s"])
        guard case .answered(let output, _) = asked,
            let rows = AccountingRow.rows(
                output, fields: fields, separator: separator, user: nil, cluster: record.cluster)
        else { return answer }
        var whole = answer
        for (pack, job, at) in lacking {
            if let row = AccountingRow.run(of: job, begunAt: at, among: rows) {
                whole[pack, default: []].insert(row, at: 0)
            }
        }
        return whole
    }

    private func merged(
        _ answer: [PackID: [AccountingRow]], _ packs: [PackInQuestion], now: Int64
    ) -> [PackID: [JobRow]] {
        var rows: [PackID: [JobRow]] = [:]
        for question in packs {
            var own = (answer[question.pack] ?? []).map(\.row)
            for job in question.jobs where !own.contains(where: { $0.job == job }) {
                if let row = unrecorded(job, question, now: now) { own.append(row) }
            }
            rows[question.pack] = own
            record.noted(question.pack, now: now)
        }
        return rows
    }

    /// A job that accounting never gets to see: cancelled while it was held, it was never eligible. The queue's last word
    /// tells, or the agent's own marker after a while in which the record would have come.
    private func unrecorded(_ job: String, _ question: PackInQuestion, now: Int64) -> JobRow? {
        let last = ended[question.pack]?[job]
        if let last, last.state.ended == .cancelled, last.start == nil || last.start == last.end {
            return JobRow(job: job, state: .cancelled)
        }
        let marker = (try? question.folder.start()) ?? nil
        let patience: Int64 = 900_000_000
        guard let marker, marker.job == nil, record.waited(question.pack, now: now) > patience else {
            return nil
        }
        return JobRow(job: job, state: .cancelled)
    }

    /// The markers' record, and where they have no end the queue's last word.
    private func ownRows(of question: PackInQuestion) -> [JobRow] {
        MarkerRows.rows(of: question).map { row in
            guard row.state == .running, let last = ended[question.pack]?[row.job],
                let state = last.state.ended
            else { return row }
            var row = row
            row.state = state
            if let start = last.start, let end = last.end {
                row.start = start
                row.seconds = max(0, end.seconds(since: start))
            }
            return row
        }
    }
}
