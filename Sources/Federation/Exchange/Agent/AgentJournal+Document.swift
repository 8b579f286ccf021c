extension AgentJournal {
    /// The next document: a hello under the given fresh session id while no session is open, else an ordinary
    /// exchange. The driver persists the journal before it sends it: the number must never be given twice (§4.2).
    public mutating func document(freshSession: SessionID) -> AgentDocument {
        head.lastDocument += 1
        changes.head = true
        let session = volatile.session
        var document = AgentDocument(
            kind: session == nil ? .hello : .exchange, instance: head.instance, generation: head.generation,
            agent: head.agent, journal: head.journal, runRoot: head.runRoot, session: session ?? freshSession,
            number: head.lastDocument)
        document.lastReply = head.lastReply
        document.lastEvent = head.lastEvent
        document.mode = head.mode
        document.program = program
        document.capacity = capacity
        document.trouble = trouble
        if session != nil {
            document.attempts = attempts.values.map { listed($0) }.sorted { $0.attempt < $1.attempt }
            document.events = Array(outbox.prefix(settings.eventsPerDocument))
            document.isSnapshot = head.snapshotDue
            let reports = head.fullDue && settings.enforces(.historyReported)
            document.isFull = (head.fullDue || !settings.enforces(.historyReported)) && !head.scanDue
            if head.snapshotDue, head.snapshotFrom == nil { head.snapshotFrom = document.number }
            if document.isFull, head.fullFrom == nil { head.fullFrom = document.number }
            if reports {
                document.history = history.values.map { listed($0) }.sorted { $0.attempt < $1.attempt }
            }
        }
        if head.mode == .courier, session == nil {
            // A courier does not wait for the answer to its hello: the bundles keep their order.
            volatile.session = freshSession
            head.courierSession = freshSession
        }
        volatile.inFlight = InFlight(
            number: document.number, kind: document.kind, session: document.session)
        return document
    }

    /// What is said while the journal cannot be written: it changes nothing here, and has no number that a later document
    /// could be given again.
    public func notice(freshSession: SessionID) -> AgentDocument {
        var document = AgentDocument(
            kind: .notice, instance: head.instance, generation: head.generation, agent: head.agent,
            journal: head.journal, runRoot: head.runRoot, session: volatile.session ?? freshSession, number: 0
        )
        document.mode = head.mode
        document.program = program
        document.capacity = capacity
        document.trouble = trouble
        return document
    }

    /// The exchange got no answer in time; whatever still comes of it is dropped.
    public mutating func exchangeFailed() { volatile.inFlight = nil }

    func listed(_ attempt: AttemptEntry) -> ListedAttempt {
        let pack = packs[attempt.pack] ?? closedPacks[attempt.pack]
        let doubt =
            !attempt.hasEnded && pack?.inDoubt == true
            && (pack?.state.rank ?? 0) < AttemptState.submitted.rank
        return ListedAttempt(
            attempt: attempt.key, pack: attempt.pack, state: doubt ? .submitting : state(of: attempt),
            job: pack?.jobs.last, lookingUp: doubt, offered: attempt.offered, end: attempt.end,
            usage: attempt.usage,
            record: attempt.record)
    }
}
