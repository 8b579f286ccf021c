/// Ends of attempts and what they mean for their tasks.
extension Book {
    /// Moves a task along its diagram and leaves the effect; whether the event meant anything.
    @discardableResult
    mutating func move(_ id: TaskID, _ event: TaskEvent) -> Bool {
        guard let task = tasks[id], let next = task.state.applying(event) else { return false }
        if task.state == .ready, next != .ready { effects.append(.taskUnready(id)) }
        tasks[id]?.state = next
        if next == .ready { effects.append(.taskReady(id, notBefore: task.notBefore)) }
        if next.hasEnded { effects.append(.taskEnded(id, next)) }
        return true
    }

    /// The fence is spent and its hold comes back: declined, withdrawn, expired (§4.3, §4.11).
    mutating func burn(_ key: AttemptKey, _ state: AttemptState, now: Instant) {
        attempts[key]?.state = state
        releaseHold(of: key, now: now)
        guard let task = tasks[key.task], task.live == key.fence else { return }
        tasks[key.task]?.live = nil
        guard task.state == .running else { return }
        if task.cancelRequested {
            move(key.task, .cancelled)
        } else {
            move(key.task, .burnt)
            adoptWhatLives(key.task)
        }
    }

    /// Takes an unconfirmed attempt back. Alone in its pack it is burnt. In a pack that others of go on in, the agent may
    /// have it already, and the job's walltime counts it: it stays as an empty slot with its share of the hold, asked to
    /// end (§5.6). When the last one is taken back, all of them are burnt.
    mutating func takeBack(_ key: AttemptKey, now: Instant) {
        guard let attempt = attempts[key] else { return }
        let open = members(of: attempt.pack).filter { other in
            guard other != key, let state = attempts[other]?.state else { return false }
            return !state.isBurnt && state.rank < AttemptState.ended.rank
        }
        if open.contains(where: { attempts[$0]?.cancelRequested == false }) {
            attempts[key]?.cancelRequested = true
            return
        }
        for other in open where attempts[other]?.state == .offered || attempts[other]?.state == .accepted {
            burn(other, .withdrawn, now: now)
        }
        burn(key, .withdrawn, now: now)
    }

    /// The site says that an attempt is over. Its completion ends the task, whatever the fence and whatever the book
    /// thought of it (§4.6).
    mutating func ended(_ key: AttemptKey, _ end: AttemptEnd, now: Instant) {
        guard let attempt = attempts[key] else { return }
        let isNews = attempt.state.rank < AttemptState.ended.rank || attempt.state.isBurnt
        if isNews {
            attempts[key]?.state = .ended
            attempts[key]?.end = end
            attempts[key]?.endedAt = now
            attempts[key]?.waitingReason = nil
            effects.append(.resulted(key, end))
        }
        guard let task = tasks[key.task] else { return }
        if end.outcome == .completed {
            guard settings.enforces(.anyFenceCompletes) || task.live == key.fence else { return }
            complete(key, end, now: now)
        } else if isNews, task.live == key.fence {
            tasks[key.task]?.live = nil
            guard task.state == .running else { return }
            if let event = tasks[key.task]?.liveAttemptEnded(
                end, at: attempt.agent, settings: settings, now: now)
            {
                move(key.task, event)
                explain(key, end, event)
                standBack(key, end, from: attempt.agent, now: now)
            }
            adoptWhatLives(key.task)
        }
    }

    /// What was not started in time is as good as declined: others of its shape are not offered to that agent for a while,
    /// and go where they may start.
    private mutating func standBack(
        _ key: AttemptKey, _ end: AttemptEnd, from agent: AgentID, now: Instant
    ) {
        guard case .failed(let failure) = end.outcome, RetryRule.of(failure) == .unstarted else { return }
        effects.append(.backOff(key, agent, until: now.adding(seconds: settings.backOffSeconds)))
    }

    /// The first completion wins: newer attempts are withdrawn or cancelled, only this fence's artifacts are published.
    mutating func complete(_ key: AttemptKey, _ end: AttemptEnd, now: Instant) {
        guard tasks[key.task]?.state != .completed, move(key.task, .completed) else { return }
        tasks[key.task]?.completedBy = key.fence
        tasks[key.task]?.live = nil
        effects.append(.published(key, end.artifacts))
        for other in attempts.keys.filter({ $0.task == key.task && $0 != key }).sorted() {
            guard let attempt = attempts[other] else { continue }
            if attempt.state.isBurnt || attempt.state.rank >= AttemptState.ended.rank { continue }
            if attempt.state.rank < AttemptState.confirmed.rank, !attempt.parked {
                takeBack(other, now: now)
            } else {
                attempts[other]?.cancelRequested = true
            }
        }
    }

    /// A task that could be placed again, but of which something found at a site still lives: that is its live
    /// attempt (§4.7).
    mutating func adoptWhatLives(_ id: TaskID) {
        guard settings.enforces(.parkedIsLive), tasks[id]?.state == .ready || tasks[id]?.state == .waiting,
            let fence = parkedAndAlive(id), move(id, .adopted)
        else { return }
        tasks[id]?.live = fence
    }

    /// The fence of a parked attempt of the task that has not ended, the newest if there are several.
    func parkedAndAlive(_ id: TaskID) -> Fence? {
        var newest: Fence?
        for (key, attempt) in attempts where key.task == id {
            guard attempt.parked, !attempt.superseded, !attempt.state.isBurnt,
                attempt.state.rank < AttemptState.ended.rank
            else { continue }
            if newest.map({ key.fence > $0 }) ?? true { newest = key.fence }
        }
        return newest
    }

    /// Another attempt of the task that is, or may be, at a site and has not ended (§4.3).
    func otherAtSite(than key: AttemptKey) -> AttemptKey? {
        for (other, attempt) in attempts where other.task == key.task && other != key {
            if attempt.superseded || attempt.state.isBurnt { continue }
            if attempt.state.isAtSite || attempt.parked && attempt.state == .offered { return other }
        }
        return nil
    }
}
