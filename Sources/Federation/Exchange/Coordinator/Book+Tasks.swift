/// What people and submissions do to tasks.
extension Book {
    /// Enters a task. One that is known is left alone, and the answer is false. One that is submitted again after a
    /// restore meets its parked attempts: a completed one ends it, a live one is its live attempt (§4.10). The driver
    /// loads all attempts of that name beforehand.
    @discardableResult
    public mutating func enter(_ record: TaskRecord, now: Instant) -> Bool {
        guard tasks[record.id] == nil else { return false }
        tasks[record.id] = record
        if record.state == .ready { effects.append(.taskReady(record.id, notBefore: record.notBefore)) }
        guard settings.enforces(.resubmissionMeets) else { return true }
        var completed: AttemptRecord?
        for (key, attempt) in attempts where key.task == record.id {
            if key.fence > tasks[record.id]?.lastFence ?? .none { tasks[record.id]?.lastFence = key.fence }
            guard attempt.end?.outcome == .completed else { continue }
            if completed.map({ key.fence < $0.key.fence }) ?? true { completed = attempt }
        }
        if let completed, let end = completed.end {
            complete(completed.key, end, now: now)
        } else {
            adoptWhatLives(record.id)
        }
        return true
    }

    /// Tells a waiting task that all its parents completed, or that one ended badly.
    public mutating func parents(of id: TaskID, completed: Bool) {
        move(id, completed ? .parentsCompleted : .parentFailed)
    }

    /// Somebody wants the task to end. Before confirmation that burns the fence; after it the attempt is the site's,
    /// and only asked to end: its hold stays until the record is settled (§4.4, §4.11).
    public mutating func cancel(task id: TaskID, now: Instant) {
        guard let task = tasks[id], !task.state.hasEnded else { return }
        tasks[id]?.cancelRequested = true
        guard let live = task.live else {
            move(id, .cancelled)
            return
        }
        let key = AttemptKey(task: id, fence: live)
        guard let attempt = attempts[key] else { return }
        if attempt.state.rank < AttemptState.confirmed.rank, !attempt.parked {
            takeBack(key, now: now)
        } else {
            attempts[key]?.cancelRequested = true
            if !settings.enforces(.holdStays) { releaseHold(of: key, now: now) }
        }
    }

    /// A manager gives up an attempt whose site will never settle it: its hold comes back, nothing is charged, and its
    /// task goes on as after a loss. Refused while something of it may still be running, unless the site is retired.
    public mutating func writeOff(
        attempt key: AttemptKey, by member: MemberID, reason: String, siteIsRetired: Bool, now: Instant
    ) throws(WriteOffRefusal) {
        guard let attempt = attempts[key] else { throw .unknown(key) }
        guard attempt.state != .settled, !attempt.state.isBurnt else { throw .settled(key) }
        let over = attempt.state == .ended
        guard over || siteIsRetired || now > nothingRunsAfter(attempt) else {
            throw .mayRun(key, until: nothingRunsAfter(attempt))
        }
        if !over {
            ended(
                key, AttemptEnd(outcome: .failed(.lost), at: now, detail: "written off: \(reason)"), now: now)
        }
        let released = attempts[key]?.hold ?? .zero
        releaseHold(of: key, now: now)
        attempts[key]?.state = .settled
        attempts[key]?.settledAt = now
        attempts[key]?.nextReRead = nil
        effects.append(
            .entry(
                LedgerEntry(
                    kind: .writeOff, budget: attempt.budget, site: attempt.site, amount: .zero,
                    released: released,
                    attempt: key, effective: now, reason: reason, by: member)))
    }
}
