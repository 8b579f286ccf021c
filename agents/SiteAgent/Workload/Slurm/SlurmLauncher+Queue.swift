public import Federation

extension SlurmLauncher {
    /// One `squeue` for all jobs of this user. Jobs that it still shows as over do not count.
    public func queue() async -> QueueReading? {
        guard reach.mayTry(WallClock.sinceBoot()), let user = await user() else { return nil }
        let separator = SlurmTable.separator()
        let answer = await shell.run(
            "squeue", ["-u", user, "-t", "all", "-o", QueueRow.format(separator)],
            variables: ["SLURM_TIME_FORMAT": "%s"])
        guard case .answered(let output, let remarks) = answer else {
            reach.failed(answer.fault ?? "", now: WallClock.sinceBoot())
            return nil
        }
        guard await isBanner(remarks), let rows = QueueRow.rows(output, separator: separator, user: user)
        else {
            let words = remarks.isEmpty ? "squeue's answer cannot be read" : "squeue says \(remarks)"
            reach.failed(words, now: WallClock.sinceBoot())
            return nil
        }
        reach.answered()
        await releaseSetAside(rows)
        return reading(rows)
    }

    /// An answer counts as whole only if nothing was said beside it, or what the site says beside everything.
    func isBanner(_ remarks: String) async -> Bool {
        if remarks.isEmpty || remarks == banner { return true }
        guard case .answered(_, let always) = await shell.run("squeue", ["--version"]) else { return false }
        banner = always
        return remarks == always
    }

    private func reading(_ rows: [QueueRow]) -> QueueReading {
        var reading = QueueReading()
        var live = 0
        for row in rows {
            let pack = pack(named: row.name)
            guard !row.state.isOver else {
                if let pack { ended[pack, default: [:]][row.job] = row }
                continue
            }
            live += 1
            guard let pack else { continue }
            ended[pack]?[row.job] = nil
            reading.packs[pack, default: .init()].ids.append(row.job)
            if let words = WaitingReason.words(state: row.state, reason: row.reason) {
                reading.packs[pack]?.waitingReason = words
            }
        }
        jobsInQueue = live
        if ended.count > 10_000 {
            let shown = Set(rows.compactMap { self.pack(named: $0.name) })
            ended = ended.filter { shown.contains($0.key) }
        }
        let now = WallClock.sinceBoot()
        for pack in doubts.keys {
            if reading.packs[pack] != nil || ended[pack]?.isEmpty == false {
                doubts[pack] = nil
            } else {
                doubts[pack]?.missed(now)
                if doubts[pack]?.isSettled == true { doubts[pack] = nil }
            }
        }
        return reading
    }

    /// Ends the pack's jobs by name. A job that runs has its wrapper, which sees the folder's request and ends its
    /// program in good order; only one that does not is ended by the batch system.
    public func cancel(_ pack: PackID) async {
        guard !reach.isDown, let user = await user() else { return }
        let now = WallClock.sinceBoot()
        var asking = cancelled[pack] ?? Cancelling(first: now, last: -2_000_000)
        guard now - 2_000_000 >= asking.last else { return }
        asking.last = now
        cancelled[pack] = asking
        if cancelled.count > 10_000 { cancelled = cancelled.filter { now - $0.value.last < 3_600_000_000 } }
        var words = ["--name=\(name(pack))", "--user=\(user)"]
        let patience = (site.killSeconds + 20) * 1_000_000
        if now - asking.first < patience { words.append("--state=PENDING") }
        _ = await shell.run("scancel", words)
    }

    /// When a pack's end was asked for, boot clock, microseconds.
    struct Cancelling {
        var first: Int64
        var last: Int64
    }
}
