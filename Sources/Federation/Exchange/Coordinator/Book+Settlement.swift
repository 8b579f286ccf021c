/// §7: charges and holds of attempts. The charge is always f(usage so far) − what was charged before.
extension Book {
    /// Books a site's record: settles an ended attempt, or adjusts a settled one. An older reading never undoes a newer
    /// one (§4.6).
    mutating func settle(_ key: AttemptKey, _ record: SiteRecord, now: Instant) throws(EventFault) {
        guard var attempt = attempts[key], attempt.end != nil || attempt.state == .settled else { return }
        let isSettled = attempt.state == .settled
        if isSettled, settings.enforces(.newestReadingCounts), let readAt = attempt.readAt,
            record.readAt < readAt
        {
            return
        }
        let total = try charge(for: record.usage, at: attempt)
        let change = total - attempt.charged
        if !isSettled || change != .zero {
            let before = attempt.hold
            charge(change, to: &attempt)
            let fromHold = before - attempt.hold
            let released = attempt.hold
            attempt.charged = total
            attempts[key] = attempt
            if !isSettled { releaseHold(of: key, now: now) }
            effects.append(
                .entry(
                    LedgerEntry(
                        kind: isSettled ? .adjust : .settle, budget: attempt.budget, site: attempt.site,
                        amount: change,
                        released: isSettled ? .zero : released, attempt: key,
                        effective: record.usage.runs.last?.start ?? attempt.end?.at ?? now,
                        reason: Book.reason(isSettled: isSettled, record), usage: record.usage)))
            if !isSettled, attempt.budget != nil, change > fromHold {
                effects.append(.history(key, "used more than was held"))
            }
        }
        compareBilling(attempts[key] ?? attempt, record.usage, isSettled: isSettled)
        attempts[key]?.state = .settled
        attempts[key]?.usage = record.usage
        attempts[key]?.readAt = record.readAt
        attempts[key]?.lookUpDue = false
        if !isSettled { attempts[key]?.settledAt = now }
        scheduleReRead(of: key, after: isSettled, now: now)
    }

    /// Says so, once a reading, where the batch system bills to something else than the tariff gives.
    private mutating func compareBilling(_ attempt: AttemptRecord, _ usage: Usage, isSettled: Bool) {
        guard !isSettled || attempt.usage?.billing != usage.billing, let prices = prices[attempt.site],
            let difference = BillingDifference(
                of: usage, by: prices, tolerancePercent: settings.billingTolerancePercent)
        else { return }
        effects.append(.history(attempt.key, difference.inWords))
        effects.append(.alarm(name: "billingDiffers", text: "\(attempt.site): \(difference.inWords)"))
    }

    private static func reason(isSettled: Bool, _ record: SiteRecord) -> String {
        switch (isSettled, record.usage.estimated) {
        case (false, false): "final record"
        case (false, true): "estimated: the record has no end"
        case (true, false): "the record was read again"
        case (true, true): "estimated again"
        }
    }

    private func charge(for usage: Usage, at attempt: AttemptRecord) throws(EventFault) -> Amount {
        if usage.runs.isEmpty { return .zero }
        guard let prices = prices[attempt.site] else {
            throw EventFault(reason: "\(attempt.site) has no tariffs", attempt: attempt.key)
        }
        do {
            return try prices.charge(for: usage)
        } catch {
            throw EventFault(reason: error.inWords, attempt: attempt.key)
        }
    }

    private mutating func charge(_ change: Amount, to attempt: inout AttemptRecord) {
        guard change != .zero else { return }
        if let budget = attempt.budget, budgets[budget] != nil {
            budgets[budget]?.charge(change, from: &attempt.hold)
        } else {
            suspense[attempt.site, default: .zero] += change
        }
    }

    /// The rest of the attempt's hold comes back.
    mutating func releaseHold(of key: AttemptKey, now: Instant) {
        guard var hold = attempts[key]?.hold, hold != .zero else { return }
        if let budget = attempts[key]?.budget { budgets[budget]?.release(&hold, now: now) }
        attempts[key]?.hold = .zero
    }

    /// 1 h, 6 h, 1, 3, 7 and 30 days after the end (§4.6): the next distance from now, and on while readings differ.
    private mutating func scheduleReRead(of key: AttemptKey, after wasReRead: Bool, now: Instant) {
        guard settings.enforces(.reReads), let attempt = attempts[key] else { return }
        let done = wasReRead ? attempt.reReads + 1 : 0
        attempts[key]?.reReads = done
        guard done < settings.reReadSeconds.count else {
            attempts[key]?.nextReRead = nil
            return
        }
        let before = done > 0 ? settings.reReadSeconds[done - 1] : 0
        attempts[key]?.nextReRead = now.adding(seconds: settings.reReadSeconds[done] - before)
    }

    /// Has a settled attempt's record read again at the agent's next exchange from that time on: before a period is
    /// closed (§4.6).
    public mutating func readAgain(_ key: AttemptKey, at time: Instant) {
        guard attempts[key]?.state == .settled else { return }
        attempts[key]?.nextReRead = time
    }
}
