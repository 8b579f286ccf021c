public import Federation
import Logging
import Store

extension Coordinator {
    /// One exchange. Where there is nothing to say it waits up to `wait` and answers early when something comes up,
    /// when the task is cancelled or the process is shutting down.
    public func exchange(
        _ document: AgentDocument, from agent: AgentPrincipal, wait: Duration
    ) async throws -> CoordinatorReply {
        try await CoordinationError.translating {
            guard document.agent == agent.agent else {
                throw CoordinationError(
                    .forbidden, "the document is \(document.agent)'s, the certificate \(agent.agent)'s")
            }
            guard document.version == AgentDocument.currentVersion else {
                throw CoordinationError(
                    .invalid,
                    "the document has version \(document.version), "
                        + "this coordinator speaks \(AgentDocument.currentVersion)")
            }
            // The ticket comes before the first look, so that no ring is lost in between.
            let ticket = signals.agents.ticket(agent.agent)
            defer { signals.agents.end(ticket) }
            let begun = ContinuousClock.now
            let hasRoom = try await stores.agents.note(document)
            // What is wrong shows in the capacity, so it is new where that has changed.
            if hasRoom, let trouble = document.trouble { try await alarm(trouble, of: document.agent) }
            if document.kind == .notice {
                return CoordinatorReply(instance: instance, generation: generation, answers: document)
            }
            let applied = try await stores.exchanges.apply(document, now: settings.now())
            try await followUp.after(applied, now: settings.now())
            if hasRoom || !document.events.isEmpty { signals.placeable() }
            for event in document.events.lazy.map(\.event) {
                switch event {
                case .log(let attempt, _, _, _): signals.logs.ring(attempt.task)
                case .ended(_, let end) where !end.artifacts.isEmpty: signals.depotChanged()
                default: break
                }
            }
            guard document.kind == .exchange, applied.value.refusal == nil else { return applied.value }
            var reply = try await answer(document, applied.value)
            while !hasNews(reply, for: document) {
                let left = wait - (ContinuousClock.now - begun)
                guard left > .zero else { break }
                await signals.agents.wait(ticket, atMost: min(left, .seconds(settings.glanceSeconds)))
                // Nobody listens any more, or not for long: what there is has to do.
                guard !Task.isCancelled, !signals.isClosing else { break }
                reply = try await answer(document, applied.value)
            }
            return reply
        }
    }

    /// Something at the site needs a person there.
    private func alarm(_ trouble: String, of agent: AgentID) async throws {
        logger.warning("\(agent): \(trouble)")
        try await stores.alarms.raise(
            name: "agentTrouble", words: "\(agent): it takes nothing new: \(trouble.prefix(500))",
            now: settings.now())
    }

    /// Transactions 2 and 3, and what travels along.
    private func answer(_ document: AgentDocument, _ applied: CoordinatorReply) async throws
        -> CoordinatorReply
    {
        let now = settings.now()
        let answered = try await stores.exchanges.answer(document, applied, now: now)
        try await followUp.after(answered, now: now)
        var reply = answered.value
        reply.pollSeconds = settings.pollSeconds
        if reply.reconciled {
            async let logs = stores.logs.requests(of: document.agent, now: now)
            async let newest = stores.ledger.newestBlock()
            reply.logs = try await logs
            reply.newestBlock = try await newest?.hash
        }
        return reply
    }

    /// Whether the reply should not wait: it says something, or acknowledges something.
    private func hasNews(_ reply: CoordinatorReply, for document: AgentDocument) -> Bool {
        if !reply.reconciled || reply.gap || !document.events.isEmpty || document.isFull { return true }
        // Confirmations are repeated until the batch system has the job: only a first one is news.
        let accepted = Set(document.attempts.filter { $0.state == .accepted }.map(\.pack))
        return !reply.offers.isEmpty || !reply.cancel.isEmpty || !reply.lookUp.isEmpty
            || !reply.resend.isEmpty
            || !reply.reRead.isEmpty || !reply.forget.isEmpty || !reply.logs.isEmpty || reply.wantsFull
            || reply.confirmed.contains { accepted.contains($0) }
    }
}
