/// What an agent lists, taken at its word: snapshots, full reports, and what the book has never heard of (§4.7).
extension Book {
    /// One attempt out of a snapshot or history.
    mutating func apply(_ listed: ListedAttempt, from agent: AgentID, now: Instant) {
        let key = listed.attempt
        if attempts[key] == nil {
            // What never reached the batch system, or may not have, is no news of a run.
            guard listed.state.rank >= AttemptState.confirmed.rank, !listed.state.isBurnt, !listed.lookingUp
            else { return }
            park(listed, from: agent)
        }
        guard let attempt = attempts[key] else { return }
        switch listed.state {
        case .offered, .declined, .withdrawn, .expired:
            return
        case .accepted:
            accept(key, now: now)
        case .confirmed:
            accept(key, now: now)
            if attempt.parked { raise(key, to: .confirmed) }
        case .submitting:
            accept(key, now: now)
            raise(key, to: .confirmed)
        case .submitted, .started:
            raise(key, to: listed.state)
        case .ended, .settled:
            break
        }
        if let job = listed.job, attempts[key]?.state.isBurnt == false { attempts[key]?.job = job }
        if let usage = listed.usage { show(usage, of: key) }
        guard listed.state.rank >= AttemptState.ended.rank, let end = listed.end else { return }
        ended(key, end, now: now)
        if listed.state == .settled, let record = listed.record, attempts[key]?.state != .settled {
            do {
                try settle(key, record, now: now)
            } catch {
                attempts[key]?.lookUpDue = true
                effects.append(.alarm(name: "recordNotBooked", text: error.reason))
            }
        }
    }

    /// Never heard of: alarmed, never killed. It takes its hold on the budget that its record names, else it is booked
    /// to the site's suspense account, and it is its task's live attempt until it ends (§4.7).
    mutating func park(_ listed: ListedAttempt, from agent: AgentID) {
        guard settings.enforces(.parksUnknown), let site = agents[agent]?.site else { return }
        let key = listed.attempt
        var attempt = AttemptRecord(
            key: key, agent: agent, site: site, pack: listed.pack, partition: listed.offered.partition,
            budget: nil,
            holdSize: listed.offered.hold, offeredAt: .distantPast, offerExpires: .distantFuture,
            mustStartBy: listed.offered.mustStartBy, walltimeSeconds: listed.offered.walltimeSeconds,
            graceSeconds: listed.offered.graceSeconds)
        attempt.parked = true
        attempt.job = listed.job
        if settings.enforces(.parkedTakesHold), budgets[listed.offered.budget] != nil {
            attempt.budget = listed.offered.budget
            attempt.hold = max(.zero, listed.offered.hold)
            budgets[listed.offered.budget]?.holdWhatRuns(attempt.hold)
        }
        attempts[key] = attempt
        effects.append(
            .alarm(
                name: "unknownAttempt", text: "\(agent) has \(key), pack \(listed.pack), unknown to this book"
            ))
        guard let task = tasks[key.task] else { return }
        if key.fence > task.lastFence { tasks[key.task]?.lastFence = key.fence }
        if settings.enforces(.parkedIsLive), task.live == nil, move(key.task, .adopted) {
            tasks[key.task]?.live = key.fence
        }
    }
}
