extension AgentJournal {
    /// What became of a reply.
    public enum ReplyOutcome: Hashable, Sendable {
        /// It counts; the journal was changed.
        case applied
        /// It was stale, of another journal or instance, or of an older generation: nothing was changed.
        case dropped
        /// The journal took a new id, because it is an old copy or was displaced (§4.1, §4.8): scan, then say hello.
        case renewed
        /// The session is over: say hello again.
        case sessionOver
        /// The coordinator does not take this agent's documents, for that reason.
        case refused(String)
    }

    /// Applies a reply in one journal transaction (§4.2). `freshJournal` is used where the journal must take a new
    /// id; `declining` answers for each new offer why the agent does not want it, or nil.
    public mutating func apply(
        _ reply: CoordinatorReply, freshJournal: JournalID, now: Instant,
        declining: (Offer) -> String? = { _ in nil }
    ) -> ReplyOutcome {
        guard reply.instance == head.instance else { return .dropped }
        let sent = volatile.inFlight
        let answersPoll = sent?.number == reply.answers && reply.journal == head.journal
        if settings.enforces(.repliesAnswerThePoll) {
            if head.mode == .courier {
                guard reply.journal == head.journal, reply.answers <= head.lastDocument else {
                    return .dropped
                }
            } else {
                guard answersPoll else { return .dropped }
            }
        } else {
            guard sent != nil else { return .dropped }
        }
        if reply.generation < head.generation, settings.enforces(.olderGenerationDropped) { return .dropped }
        if answersPoll || head.mode != .courier { volatile.inFlight = nil }
        if let refusal = reply.refusal { return .refused(refusal) }
        if reply.newGeneration || reply.generation > head.generation {
            meet(generation: reply.generation)
            return .sessionOver
        }
        if reply.unknownJournal {
            closeSession()
            requireSnapshot()
            return .sessionOver
        }
        if reply.journal == head.journal, settings.enforces(.oldCopyNoticed),
            reply.acknowledged > head.lastEvent || reply.lastDocument > head.lastDocument
        {
            renew(as: freshJournal)
            return .renewed
        }
        if reply.displaced, reply.session == volatile.session {
            guard settings.enforces(.displacedTakesNewID) else { return .dropped }
            renew(as: freshJournal)
            return .renewed
        }
        if head.mode != .courier, let sent, sent.kind == .hello {
            volatile.session = sent.session
            return .applied
        }
        guard reply.number > head.lastReply || !settings.enforces(.repliesAnswerThePoll) else {
            return .dropped
        }
        head.lastReply = max(head.lastReply, reply.number)
        head.newestBlock = reply.newestBlock ?? head.newestBlock
        changes.head = true
        acknowledge(reply)
        if reply.reconciled { obey(reply, declining: declining) }
        return .applied
    }

    /// The book has been restored: everything is reported again, after a scan (§4.10).
    private mutating func meet(generation: Int64) {
        head.generation = max(head.generation, generation)
        head.lastReply = 0
        closeSession()
        if settings.enforces(.historyReported) {
            requireFull()
            requireSnapshot()
        }
        if settings.enforces(.newGenerationScans) { requireScan() }
    }

    /// Takes a new id: events start over, a snapshot and a scan stand in for them (§4.1, §4.8, §4.9).
    private mutating func renew(as journal: JournalID) {
        head.journal = journal
        head.lastDocument = 0
        head.lastReply = 0
        head.lastEvent = 0
        outbox = []
        for id in packs.keys { packs[id]?.listedFrom = 0 }
        changes.packs.formUnion(packs.keys)
        closeSession()
        requireSnapshot()
        requireFull()
        if settings.enforces(.newJournalScans) { requireScan() }
        changes.eventsRestarted = true
        changes.eventsAddedFrom = nil
        changes.eventsDeletedThrough = nil
    }

    private mutating func acknowledge(_ reply: CoordinatorReply) {
        let kept = outbox.firstIndex { $0.number > reply.acknowledged } ?? outbox.endIndex
        if kept > 0 {
            outbox.removeFirst(kept)
            changes.eventsDeletedThrough = reply.acknowledged
        }
        let wasFull = head.fullFrom.map { reply.answers >= $0 } ?? false
        let wasSnapshot = head.snapshotFrom.map { reply.answers >= $0 } ?? false
        if reply.wantsFull, settings.enforces(.historyReported) {
            // Answers to documents from before the report was due say nothing new.
            guard !head.fullDue || !head.snapshotDue else { return }
            requireFull()
            requireSnapshot()
            if settings.enforces(.newGenerationScans) { requireScan() }
        } else if reply.gap, (outbox.first?.number ?? .max) > reply.acknowledged + 1 {
            if !head.snapshotDue { requireSnapshot() }
        } else if head.snapshotDue, wasSnapshot, !reply.older {
            head.snapshotDue = false
            head.snapshotFrom = nil
        }
        if head.fullDue, wasFull, reply.reconciled {
            head.fullDue = false
            head.fullFrom = nil
        }
    }

    private mutating func obey(_ reply: CoordinatorReply, declining: (Offer) -> String?) {
        volatile.exchanged = true
        for offer in reply.offers { consider(offer, declining: declining) }
        for pack in reply.confirmed { confirm(pack, in: reply.session) }
        for attempt in reply.cancel { cancel(attempt) }
        for listed in reply.lookUp { lookUp(listed, answering: reply.answers) }
        for attempt in reply.forget { forget(attempt) }
        for attempt in reply.resend {
            if let entry = attempts[attempt] { tellAgain(entry) }
        }
        for listed in reply.reRead {
            var wanted = volatile.reReads[listed.pack] ?? []
            wanted.removeAll { $0.attempt == listed.attempt }
            wanted.append(listed)
            volatile.reReads[listed.pack] = wanted
        }
    }

    /// An offer is taken or declined whole; one that is known already says nothing new (§4.3).
    private mutating func consider(_ offer: Offer, declining: (Offer) -> String?) {
        guard packs[offer.pack] == nil, closedPacks[offer.pack] == nil, !offer.members.isEmpty,
            offer.members.allSatisfy({ attempts[$0.attempt] == nil && history[$0.attempt] == nil })
        else { return }
        if let reason = declining(offer) {
            emit(.declined(pack: offer.pack, reason: reason))
            return
        }
        packs[offer.pack] = PackEntry(
            id: offer.pack, members: offer.members.map(\.attempt), offer: offer, state: .accepted,
            listedFrom: head.lastDocument + 1, mustStartBy: offer.mustStartBy)
        changes.packs.insert(offer.pack)
        for member in offer.members {
            attempts[member.attempt] = AttemptEntry(
                key: member.attempt, pack: offer.pack,
                offered: .init(
                    budget: member.budget, hold: member.hold, partition: offer.partition,
                    mustStartBy: offer.mustStartBy, walltimeSeconds: offer.resources.walltimeSeconds,
                    graceSeconds: offer.graceSeconds))
            changes.attempts.insert(member.attempt)
        }
        emit(.accepted(pack: offer.pack))
    }

    private mutating func confirm(_ id: PackID, in session: SessionID) {
        guard var pack = packs[id], !pack.inDoubt, !pack.isAbsent,
            pack.state == .accepted || pack.state == .confirmed
        else { return }
        pack.state = .confirmed
        pack.confirmedSession = session
        packs[id] = pack
        changes.packs.insert(id)
    }

    private mutating func cancel(_ key: AttemptKey) {
        guard let entry = attempts[key], !entry.hasEnded, !entry.cancelRequested else { return }
        attempts[key]?.cancelRequested = true
        changes.attempts.insert(key)
    }

    /// The coordinator holds it and this agent did not list it, or listed it behind (§4.7).
    private mutating func lookUp(_ listed: ListedAttempt, answering document: Int64) {
        if let pack = packs[listed.pack], document < pack.listedFrom { return }
        if let forgotten = history[listed.attempt] { return tellAgain(forgotten) }
        if let known = attempts[listed.attempt] {
            guard let pack = packs[known.pack], !known.hasEnded,
                pack.state == .accepted || pack.state == .confirmed
            else { return tellAgain(known) }
            doubt(pack.id)
            return
        }
        attempts[listed.attempt] = AttemptEntry(
            key: listed.attempt, pack: listed.pack, offered: listed.offered)
        changes.attempts.insert(listed.attempt)
        join(listed.attempt, to: listed.pack, mustStartBy: listed.offered.mustStartBy)
    }

    /// Makes the attempt a member of its pack's entry, which is in doubt if it is new or has not been submitted.
    mutating func join(_ attempt: AttemptKey, to id: PackID, mustStartBy: Instant) {
        var pack =
            packs[id] ?? closedPacks.removeValue(forKey: id)
            ?? PackEntry(id: id, members: [], state: .submitting, inDoubt: true, mustStartBy: mustStartBy)
        if !pack.members.contains(attempt) { pack.members.append(attempt) }
        if pack.state.rank < AttemptState.submitted.rank {
            pack.state = .submitting
            pack.inDoubt = true
        }
        packs[id] = pack
        changes.packs.insert(id)
    }

    mutating func doubt(_ id: PackID) {
        packs[id]?.state = .submitting
        packs[id]?.inDoubt = true
        packs[id]?.isAbsent = false
        changes.packs.insert(id)
    }

    /// Only what is over here moves to the history (§4.9).
    private mutating func forget(_ key: AttemptKey) {
        guard let entry = attempts[key], entry.hasEnded else { return }
        attempts[key] = nil
        if settings.enforces(.historyKept) { history[key] = entry }
        changes.attempts.insert(key)
        guard let pack = packs[entry.pack], !pack.members.contains(where: { attempts[$0] != nil }) else {
            return
        }
        packs[entry.pack] = nil
        closedPacks[entry.pack] = pack
        changes.packs.insert(entry.pack)
    }

    /// All that is known of an attempt, as events (§4.7).
    private mutating func tellAgain(_ entry: AttemptEntry) {
        let pack = packs[entry.pack] ?? closedPacks[entry.pack]
        let rank = state(of: entry).rank
        if rank <= AttemptState.submitting.rank { emit(.accepted(pack: entry.pack)) }
        if state(of: entry) == .submitting, pack?.inDoubt == false {
            emit(.submitted(pack: entry.pack, job: ""))
        }
        if rank >= AttemptState.submitted.rank, let job = pack?.jobs.last {
            emit(.submitted(pack: entry.pack, job: job))
        }
        if rank == AttemptState.started.rank, case .job(let job, let host, let at)? = pack?.marker {
            emit(.packStarted(pack: entry.pack, job: job, host: host, at: at))
        }
        if let startedAt = entry.startedAt { emit(.started(attempt: entry.key, at: startedAt)) }
        if let usage = entry.usage { emit(.usage(attempt: entry.key, usage: usage)) }
        if let end = entry.end { emit(.ended(attempt: entry.key, end: end)) }
        if let record = entry.record { emit(.settled(attempt: entry.key, record: record)) }
    }
}
