import Federation

/// What one transaction of an exchange decides.
struct ExchangeStep: Sendable {
    /// The kinds.
    enum Kind: Sendable {
        /// Hello, events or snapshot; events that the database refuses are kept as they came.
        case events(keeping: [Int64: RefusedEvent])
        /// The list and the offers, into the reply that the events were given.
        case list(CoordinatorReply)
    }

    /// The answer, and the packs whose offers go into it.
    struct Answer: Sendable {
        var reply: CoordinatorReply
        var packs: [PackID] = []
    }

    /// The document.
    var document: AgentDocument
    /// Which transaction.
    var kind: Kind
    /// When.
    var now: Instant

    /// What of the book it needs.
    var scope: BookScope { BookScope(document: document, now: now) }

    /// The step with the first so many of its events.
    func events(first count: Int) -> ExchangeStep {
        var part = self
        part.document.events = Array(document.events.prefix(count))
        return part
    }

    /// The step with the first so many of its listed attempts.
    func listing(first count: Int) -> ExchangeStep {
        var part = self
        part.document.attempts = Array(document.attempts.prefix(count))
        return part
    }

    /// Lets the rules decide.
    func take(in book: inout Book, now: Instant) -> Changed<Answer> {
        let first = book.effects.count
        let answer =
            switch kind {
            case .events(let refused): Answer(reply: events(keeping: refused, in: &book, first, now: now))
            case .list(let reply): list(reply, in: &book, now: now)
            }
        return Changed(value: answer, effects: Array(book.effects[first...]))
    }

    /// `first`: where this document's effects begin.
    private func events(
        keeping refused: [Int64: RefusedEvent], in book: inout Book, _ first: Int, now: Instant
    ) -> CoordinatorReply {
        let reply = book.apply(document, now: now)
        guard !refused.isEmpty else { return reply }
        for place in book.effects.indices[first...] {
            guard case .keptEvent(let journal, let numbered, _) = book.effects[place],
                let own = refused[numbered.number]
            else { continue }
            book.effects[place] = .keptEvent(journal, own.event, reason: own.reason)
        }
        for own in refused.values {
            if let key = own.event.event.attempt, book.attempts[key] != nil {
                book.attempts[key]?.lookUpDue = true
            }
        }
        return reply
    }

    private func list(_ reply: CoordinatorReply, in book: inout Book, now: Instant) -> Answer {
        var reply = reply
        book.reconcile(document, into: &reply, now: now)
        let packs = book.offer(answering: document, into: &reply, now: now)
        return Answer(reply: reply, packs: packs)
    }
}
