/// Transaction 2 of an exchange: reconcile by difference (§4.7).
extension Book {
    /// What one pass over the document's list found.
    private struct Difference {
        var confirmable: [PackID: [AttemptKey]] = [:]
        var cancel: [AttemptKey] = []
        var lookUp: Set<AttemptKey> = []
        var forget: [AttemptKey] = []
        var resend: [AttemptKey] = []
    }

    /// Compares what the agent lists with what the book holds, and answers the difference. The driver holds the
    /// journal's row locked: that the document is the newest and its session the open one is checked again here,
    /// because another exchange may have come between the two transactions (§4.2).
    public mutating func reconcile(
        _ document: AgentDocument, into reply: inout CoordinatorReply, now: Instant
    ) {
        guard document.kind == .exchange, reply.refusal == nil, !reply.newGeneration, !reply.unknownJournal
        else { return }
        if reply.older, settings.enforces(.olderNeverReconciled) { return }
        if reply.displaced, settings.enforces(.displacedGetsNothing) { return }
        if settings.enforces(.checkedWhereReconciled), settings.enforces(.olderNeverReconciled),
            settings.enforces(.displacedGetsNothing)
        {
            let key = JournalKey(agent: document.agent, journal: document.journal)
            guard document.generation == generation, journals[key]?.lastDocument == document.number,
                speaks(document)
            else { return }
        }
        let reported = quarantine.contains(document.agent) && document.isFull
        if reported { quarantine.remove(document.agent) }
        var difference = Difference()
        var listed: Set<AttemptKey> = []
        for attempt in document.attempts {
            listed.insert(attempt.attempt)
            compare(attempt, document.agent, hasGap: reply.gap, into: &difference, now: now)
        }
        var reReads: [ListedAttempt] = []
        var withdrawn: [AttemptKey] = []
        for (key, attempt) in attempts where attempt.agent == document.agent {
            if attempt.lookUpDue { difference.lookUp.insert(key) }
            guard !listed.contains(key) else { continue }
            if attempt.state == .accepted {
                withdrawn.append(key)
            } else if isHeldAtSite(attempt) {
                if settings.enforces(.looksUpUnlisted) { difference.lookUp.insert(key) }
            } else if attempt.state == .settled, let due = attempt.nextReRead, due <= now {
                reReads.append(attempt.listed)
            }
        }
        for key in withdrawn.sorted() { burn(key, .withdrawn, now: now) }
        for again in reReads {
            attempts[again.attempt]?.nextReRead = now.adding(seconds: settings.reReadRepeatSeconds)
        }
        confirm(difference, document, into: &reply, now: now)
        for key in difference.lookUp.sorted() {
            attempts[key]?.lookUpDue = false
            if let attempt = attempts[key] { reply.lookUp.append(attempt.listed) }
        }
        reply.cancel += difference.cancel
        reply.forget = difference.forget
        reply.resend = difference.resend
        reply.reRead = reReads.sorted { $0.attempt < $1.attempt }
        reply.drain = agents[document.agent]?.drained ?? false
        reply.reconciled = true
        if reported, settings.enforces(.quarantineConfirmsNothing) {
            withdrawUnconfirmed(of: document.agent, now: now)
        }
    }

    private func isHeldAtSite(_ attempt: AttemptRecord) -> Bool {
        attempt.state.isAtSite || attempt.state == .ended || attempt.parked && attempt.state == .offered
    }

    /// One listed attempt against the book.
    private mutating func compare(
        _ listed: ListedAttempt, _ agent: AgentID, hasGap: Bool, into difference: inout Difference,
        now: Instant
    ) {
        let key = listed.attempt
        let rank = listed.state.rank
        // Listed as accepted in time counts, however many events are still on their way before its own.
        if listed.state == .accepted, attempts[key]?.state == .offered { accept(key, now: now) }
        guard let attempt = attempts[key] else {
            if rank < AttemptState.confirmed.rank || listed.state == .confirmed {
                difference.cancel.append(key)
            } else {
                apply(listed, from: agent, now: now)
            }
            return
        }
        let hasEnded = rank >= AttemptState.ended.rank
        if attempt.state.isBurnt {
            if rank < AttemptState.submitted.rank {
                if settings.enforces(.cancelsListed) { difference.cancel.append(key) }
            } else if !hasGap {
                difference.resend.append(key)
            }
            return
        }
        if attempt.state == .settled {
            if !hasEnded {
                difference.cancel.append(key)
            } else if listed.state == .settled || !settings.enforces(.forgetsSettledOnly) {
                difference.forget.append(key)
            }
            return
        }
        if attempt.state == .ended {
            if !hasEnded {
                if settings.enforces(.cancelsListed) { difference.cancel.append(key) }
            } else if listed.state == .settled, !hasGap, settings.enforces(.aheadSentAgain) {
                difference.resend.append(key)
            }
            return
        }
        let isUnsubmitted = listed.state == .accepted || listed.state == .confirmed
        if !hasEnded, isUnwanted(attempt) {
            let reaches =
                attempt.state.rank < AttemptState.confirmed.rank
                ? Clause.cancelReachesAccepted : .cancelsListed
            if settings.enforces(reaches) { difference.cancel.append(key) }
            if rank <= attempt.state.rank || attempt.state.rank >= AttemptState.confirmed.rank
                || attempt.parked
            {
                return
            }
        } else if attempt.state == .accepted || attempt.state == .confirmed, isUnsubmitted {
            difference.confirmable[attempt.pack, default: []].append(key)
            return
        }
        if rank > attempt.state.rank {
            if !hasGap, settings.enforces(.aheadSentAgain) { difference.resend.append(key) }
        } else if rank < attempt.state.rank, isUnsubmitted {
            difference.lookUp.insert(key)
        }
    }

    /// Cancelled, superseded, or not its task's live attempt any more. What came up by itself is cancelled only on
    /// somebody's word (§4.7).
    private func isUnwanted(_ attempt: AttemptRecord) -> Bool {
        let task = tasks[attempt.key.task]
        if attempt.cancelRequested || task?.cancelRequested == true { return true }
        if attempt.parked { return false }
        return attempt.superseded || task.map { $0.live != attempt.key.fence } ?? false
    }

    /// Confirms packs whole (§4.3, §5.6): a member that may not run, because another attempt of its task is at a site,
    /// is taken out in the same reply. Nothing is confirmed in quarantine (§4.10).
    private mutating func confirm(
        _ difference: Difference, _ document: AgentDocument, into reply: inout CoordinatorReply, now: Instant
    ) {
        guard quarantine.isEmpty || !settings.enforces(.quarantineConfirmsNothing) else { return }
        for pack in difference.confirmable.keys.sorted() {
            let keys = difference.confirmable[pack] ?? []
            if difference.lookUp.contains(where: { attempts[$0]?.pack == pack }) { continue }
            var allowed: [AttemptKey] = []
            var blocked: [AttemptKey] = []
            for key in keys {
                guard settings.enforces(.oneLive), let other = otherAtSite(than: key) else {
                    allowed.append(key)
                    continue
                }
                blocked.append(key)
                reply.cancel.append(key)
                effects.append(.history(key, "taken out of its pack: \(other) is still at a site"))
            }
            for key in blocked {
                if attempts[key]?.state == .accepted {
                    takeBack(key, now: now)
                } else {
                    attempts[key]?.cancelRequested = true
                }
            }
            if allowed.isEmpty { continue }
            for key in allowed {
                attempts[key]?.state = .confirmed
                attempts[key]?.confirmedSession = document.session
            }
            // The pack is the site's now, its empty slots with their shares of the hold included (§5.6).
            for key in members(of: pack) where attempts[key]?.state == .accepted {
                attempts[key]?.state = .confirmed
            }
            reply.confirmed.append(pack)
        }
    }

    /// The end of an agent's quarantine: what it had not been given for good is taken back (§4.10).
    mutating func withdrawUnconfirmed(of agent: AgentID, now: Instant) {
        let open = attempts.values.filter {
            $0.agent == agent && !$0.parked && ($0.state == .offered || $0.state == .accepted)
        }
        for key in open.map(\.key).sorted() { burn(key, .withdrawn, now: now) }
    }
}
