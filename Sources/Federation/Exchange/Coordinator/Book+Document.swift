/// Transaction 1 of an exchange: who speaks, and what has happened since (§4.1, §4.8).
extension Book {
    /// Takes a document's hello, events or snapshot in, and begins the answer. The driver commits this before it goes
    /// on with `reconcile`; it holds the journal's row locked.
    public mutating func apply(_ document: AgentDocument, now: Instant) -> CoordinatorReply {
        var reply = CoordinatorReply(instance: instance, generation: generation, answers: document)
        guard document.kind != .notice else { return reply }
        if let refusal = refusal(of: document) {
            reply.refusal = refusal
            effects.append(.alarm(name: "documentRefused", text: "\(document.agent): \(refusal)"))
            return reply
        }
        guard document.generation >= generation else {
            reply.newGeneration = true
            return reply
        }
        let key = JournalKey(agent: document.agent, journal: document.journal)
        guard var journal = journals[key] ?? (document.kind == .hello ? JournalRecord() : nil) else {
            reply.unknownJournal = true
            return reply
        }
        let isOlder = document.number <= journal.lastDocument
        journal.lastDocument = max(journal.lastDocument, document.number)
        journal.lastReply += 1
        journals[key] = journal
        reply.number = journal.lastReply
        reply.lastDocument = journal.lastDocument
        reply.older = isOlder
        if document.kind == .hello {
            if !isOlder || !settings.enforces(.olderNeverReconciled) { open(document, now: now) }
            reply.acknowledged = journal.lastEvent
            return reply
        }
        if speaks(document) {
            agents[document.agent]?.seen = now
            agents[document.agent]?.mode = document.mode
        } else {
            reply.displaced = true
        }
        let last = take(document, key, from: journal.lastEvent, isOlder: isOlder, now: now)
        journals[key]?.lastEvent = last
        reply.acknowledged = last
        reply.gap = document.lastEvent > last && settings.enforces(.gapRefused)
        reply.wantsFull =
            quarantine.contains(document.agent) && !document.isFull && settings.enforces(.asksForFullReport)
        return reply
    }

    /// Whether the document's journal and session speak for its agent.
    func speaks(_ document: AgentDocument) -> Bool {
        guard let agent = agents[document.agent] else { return false }
        return agent.journal == document.journal && agent.session == document.session
    }

    private func refusal(of document: AgentDocument) -> String? {
        guard document.instance == instance else {
            return "this is instance \(instance), the agent is enrolled with \(document.instance)"
        }
        guard let agent = agents[document.agent] else { return "no agent of that name is enrolled here" }
        if let runRoot = agent.runRoot, runRoot != document.runRoot {
            return "the agent was enrolled with run root \(runRoot), not \(document.runRoot); "
                + "if it has moved: hansa admin agent move"
        }
        guard document.generation <= generation else {
            return
                "the agent has seen generation \(document.generation), this book is of generation \(generation): "
                + "a restore must begin a new generation"
        }
        return nil
    }

    /// A hello: a new journal takes over, the displaced one is told when it speaks next (§4.8).
    private mutating func open(_ document: AgentDocument, now: Instant) {
        guard var agent = agents[document.agent] else { return }
        if agent.journal != document.journal {
            agent.epoch += 1
            agent.switches = agent.switches.filter { now.seconds(since: $0) < 3600 } + [now]
            if agent.switches.count > settings.switchesPerHourAllowed {
                effects.append(
                    .alarm(
                        name: "journalsAlternate",
                        text: "\(agent.id): \(agent.switches.count) journals took over within an hour; "
                            + "two agents may run under this identity"))
            }
        }
        agent.runRoot = agent.runRoot ?? document.runRoot
        agent.journal = document.journal
        agent.session = document.session
        agent.mode = document.mode
        agent.seen = now
        agents[document.agent] = agent
    }

    /// Applies the snapshot or the events that count; answers the number up to which events have been applied.
    private mutating func take(
        _ document: AgentDocument, _ journal: JournalKey, from first: Int64, isOlder: Bool, now: Instant
    ) -> Int64 {
        var last = first
        if document.isSnapshot, !isOlder {
            for listed in document.attempts { apply(listed, from: document.agent, now: now) }
            for listed in document.history { apply(listed, from: document.agent, now: now) }
            for numbered in document.events where numbered.number > last && numbered.event.isBesideTheRules {
                apply(numbered, document, journal, now: now)
            }
            return max(last, document.lastEvent)
        }
        guard settings.enforces(.lateEventsBooked) || speaks(document) else { return last }
        for numbered in document.events {
            if settings.enforces(.eventsOnce) {
                guard numbered.number > last else { continue }
                if numbered.number > last + 1, settings.enforces(.gapRefused) { break }
            }
            last = max(last, numbered.number)
            apply(numbered, document, journal, now: now)
        }
        return last
    }
}
