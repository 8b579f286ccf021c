/// What only time brings about.
extension Book {
    /// Expires offers (§4.3), withdraws what was accepted and never confirmed, and queues tasks of silent sites again
    /// where they ask for it (§4.5). Not in quarantine (§4.10).
    ///
    /// The driver loads what is due: offered attempts past `offerExpires`, accepted ones past `acceptedAt` +
    /// `acceptedSilenceSeconds`, and attempts at a site of tasks with `onSilence: requeue` past rule 4's time, with
    /// tasks, budgets, agents and the other attempts of these tasks.
    public mutating func sweep(now: Instant) {
        guard quarantine.isEmpty || !settings.enforces(.quarantineExpiresNothing) else { return }
        let open = attempts.values.filter { $0.state.rank < AttemptState.ended.rank }
        for key in open.map(\.key).sorted() {
            guard let attempt = attempts[key] else { continue }
            switch attempt.state {
            case .offered where !attempt.parked && now > attempt.offerExpires:
                burn(key, .expired, now: now)
            case .accepted where settings.enforces(.silentAcceptanceWithdrawn):
                let since = attempt.acceptedAt ?? attempt.offeredAt
                if now.seconds(since: since) > settings.acceptedSilenceSeconds {
                    burn(key, .withdrawn, now: now)
                }
            case .confirmed, .submitting, .submitted, .started:
                requeueIfSilent(attempt, now: now)
            default:
                break
            }
        }
    }

    /// After this moment nothing of the attempt runs, whatever its site says or does not say (§4.4).
    public func nothingRunsAfter(_ attempt: AttemptRecord) -> Instant {
        attempt.mustStartBy.adding(
            seconds: attempt.walltimeSeconds + attempt.graceSeconds + settings.clockSkewSeconds)
    }

    private mutating func requeueIfSilent(_ attempt: AttemptRecord, now: Instant) {
        guard let task = tasks[attempt.key.task], task.live == attempt.key.fence, task.state == .running,
            task.onSilence == .requeue, !task.cancelRequested
        else { return }
        guard now > nothingRunsAfter(attempt) || !settings.enforces(.silenceWaits) else { return }
        if let seen = agents[attempt.agent]?.seen, now.seconds(since: seen) < settings.silenceSeconds {
            return
        }
        attempts[attempt.key]?.superseded = true
        tasks[attempt.key.task]?.live = nil
        effects.append(
            .history(attempt.key, "its site has been silent until nothing of it can be running: queued again")
        )
        move(attempt.key.task, .superseded)
        if !settings.enforces(.holdStays) { releaseHold(of: attempt.key, now: now) }
    }
}
