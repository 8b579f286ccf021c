extension AgentEvent {
    /// Whether no rule looks at it: a snapshot does not stand in for it.
    var isBesideTheRules: Bool {
        switch self {
        case .metrics, .log: true
        default: false
        }
    }
}

/// Why an event could not be applied; it is kept whole, alarmed and passed over (§4.1).
struct EventFault: Error {
    var reason: String
    var attempt: AttemptKey?
}

/// One event of an agent.
extension Book {
    mutating func apply(
        _ numbered: NumberedEvent, _ document: AgentDocument, _ journal: JournalKey, now: Instant
    ) {
        do {
            try apply(numbered.event, document, now: now)
        } catch {
            effects.append(.keptEvent(journal, numbered, reason: error.reason))
            effects.append(
                .alarm(
                    name: "eventNotApplied",
                    text:
                        "\(journal.agent), event \(numbered.number) of journal \(journal.journal): \(error.reason)"
                ))
            if let attempt = error.attempt { attempts[attempt]?.lookUpDue = true }
        }
    }

    private mutating func apply(_ event: AgentEvent, _ document: AgentDocument, now: Instant)
        throws(EventFault)
    {
        switch event {
        case .accepted(let pack):
            for key in members(of: pack) { accept(key, now: now) }
        case .declined(let pack, let reason):
            decline(pack, reason: reason, now: now)
        case .submitted(let pack, let job):
            for key in try known(pack, document) {
                raise(key, to: .submitted)
                if !job.isEmpty, attempts[key]?.state.isBurnt == false { attempts[key]?.job = job }
            }
        case .waiting(let pack, let reason):
            for key in members(of: pack) { wait(key, reason) }
        case .packStarted(let pack, let job, _, _):
            for key in try known(pack, document) {
                raise(key, to: .started)
                attempts[key]?.job = job
                attempts[key]?.waitingReason = nil
            }
        case .started(let attempt, let at):
            try meet(attempt, document, now: now)
            raise(attempt, to: .started)
            attempts[attempt]?.startedAt = at
        case .usage(let attempt, let usage):
            try meet(attempt, document, now: now)
            show(usage, of: attempt)
        case .ended(let attempt, let end):
            try meet(attempt, document, now: now)
            ended(attempt, end, now: now)
        case .settled(let attempt, let record), .adjusted(let attempt, let record):
            try meet(attempt, document, now: now)
            try settle(attempt, record, now: now)
        case .lookedUp(let attempt, let found):
            effects.append(.history(attempt, found ? "looked up: found" : "looked up: no trace of it"))
        case .metrics(let attempt, let value):
            effects.append(.metrics(attempt, value))
        case .log(let attempt, let offset, let bytes, let text):
            let length = max(0, bytes ?? Int64(text.utf8.count))
            effects.append(.log(attempt, offset: offset, bytes: length, text: text))
        case .unknown(let kind, _):
            throw EventFault(reason: "this version does not know events of the kind \(kind)", attempt: nil)
        }
    }

    /// The attempts of a pack, in the order of their keys: what rules do must not hang on a dictionary's order.
    func members(of pack: PackID) -> [AttemptKey] {
        var keys: [AttemptKey] = []
        for (key, attempt) in attempts where attempt.pack == pack { keys.append(key) }
        return keys.sorted()
    }

    /// The pack's attempts; those that the book has never heard of are booked from the document's own list (§4.7).
    private mutating func known(_ pack: PackID, _ document: AgentDocument) throws(EventFault) -> [AttemptKey]
    {
        for listed in document.attempts where listed.pack == pack && attempts[listed.attempt] == nil {
            park(listed, from: document.agent)
        }
        let keys = members(of: pack)
        guard !keys.isEmpty else {
            throw EventFault(reason: "no attempt of pack \(pack) is known", attempt: nil)
        }
        return keys
    }

    private mutating func meet(_ key: AttemptKey, _ document: AgentDocument, now: Instant) throws(EventFault)
    {
        guard attempts[key] == nil else { return }
        guard
            let listed = document.attempts.first(where: { $0.attempt == key })
                ?? document.history.first(where: { $0.attempt == key })
        else { throw EventFault(reason: "attempt \(key) is not known and not listed", attempt: nil) }
        park(listed, from: document.agent)
        guard attempts[key] != nil else {
            throw EventFault(reason: "attempt \(key) is not known", attempt: nil)
        }
    }

    /// Only an acceptance that arrived in time stops the expiry (§4.3).
    mutating func accept(_ key: AttemptKey, now: Instant) {
        guard let attempt = attempts[key], !attempt.parked else { return }
        let counts =
            attempt.state == .offered && (now <= attempt.offerExpires || !settings.enforces(.acceptedInTime))
            || attempt.state.isBurnt && !settings.enforces(.acceptedInTime)
        guard counts else { return }
        attempts[key]?.state = .accepted
        attempts[key]?.acceptedAt = now
    }

    private mutating func decline(_ pack: PackID, reason: String, now: Instant) {
        let until = now.adding(seconds: settings.backOffSeconds)
        for key in members(of: pack) where attempts[key]?.state == .offered && attempts[key]?.parked == false
        {
            if let agent = attempts[key]?.agent { effects.append(.backOff(key, agent, until: until)) }
            effects.append(.history(key, "declined: \(reason)"))
            burn(key, .declined, now: now)
        }
    }

    /// The site is further than the book. One that was burnt here and ran all the same (only a restore can do that)
    /// is booked, but does not become its task's live attempt.
    mutating func raise(_ key: AttemptKey, to state: AttemptState) {
        guard let attempt = attempts[key] else { return }
        if attempt.state.isBurnt {
            guard state.rank >= AttemptState.submitted.rank, state.rank < AttemptState.ended.rank else {
                return
            }
            attempts[key]?.state = state
            attempts[key]?.superseded = true
            effects.append(.alarm(name: "burntRan", text: "\(key) was \(attempt.state.rawValue) and runs"))
        } else if state.rank > attempt.state.rank, state.rank < AttemptState.ended.rank {
            attempts[key]?.state = state
        }
    }

    /// Usage of a live attempt is shown, and charged when the record is read (§5.4). It only grows (§4.6).
    mutating func show(_ usage: Usage, of key: AttemptKey) {
        guard let attempt = attempts[key], attempt.state != .settled else { return }
        if let before = attempt.usage, before.elapsedSeconds > usage.elapsedSeconds { return }
        attempts[key]?.usage = usage
    }
}
