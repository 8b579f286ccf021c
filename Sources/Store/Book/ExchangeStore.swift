public import Federation
public import Postgres

/// The exchange's transactions. What the database refuses (a constraint, text that it cannot hold) is found, kept
/// whole and passed over, so that the agent's other events count and its exchange goes on.
public struct ExchangeStore: Sendable {
    private let pool: Pool
    private let book: BookStore

    /// The exchanges of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        book = BookStore(pool: pool, settings: settings)
    }

    /// Transaction 1: hello, events or snapshot.
    public func apply(_ document: AgentDocument, now: Instant) async throws -> Changed<CoordinatorReply> {
        var document = document
        var refused: [Int64: Refused] = [:]
        while true {
            let events = document
            let kept = refused
            do {
                return try await book.change(BookScope(document: document, now: now), now: now) { book in
                    Self.apply(events, keeping: kept, to: &book, now: now)
                }
            } catch let error as PostgresError where error.isRefusedValue {
                guard let index = try await firstRefused(document, kept, now: now) else { throw error }
                let event = document.events[index]
                guard refused[event.number] == nil else { throw error }
                refused[event.number] = Refused(event: event, reason: error.refusal)
                document.events[index].event = .unknown(kind: "refused", body: .null)
            }
        }
    }

    /// Transactions 2 and 3 in one: what the agent lists against what the book holds, and the offers.
    /// A listed attempt that the database refuses is left out of the list, which makes the agent look for it.
    public func answer(
        _ document: AgentDocument, _ reply: CoordinatorReply, now: Instant
    ) async throws -> Changed<CoordinatorReply> {
        var document = document
        while true {
            let listed = document
            do {
                var changed = try await book.change(BookScope(document: document, now: now), now: now) {
                    book in
                    Self.answer(listed, reply, in: &book, now: now)
                }
                changed.value.reply.offers = try await OfferReader(pool: pool).offers(changed.value.packs)
                let keys = changed.value.packs
                changed.value.reply.confirmed.removeAll { pack in
                    keys.contains(pack) && !changed.value.reply.offers.contains { $0.pack == pack }
                }
                return changed.map(\.reply)
            } catch let error as PostgresError where error.isRefusedValue {
                guard let index = try await firstRefusedListing(document, reply, now: now) else {
                    throw error
                }
                let key = document.attempts.remove(at: index).attempt
                try await AlarmStore(pool: pool).raise(
                    name: "listingRefused", words: "\(document.agent) lists \(key): \(error.refusal)",
                    now: now)
            }
        }
    }

    private struct Refused: Sendable {
        var event: NumberedEvent
        var reason: String
    }

    private struct Answered: Sendable {
        var reply: CoordinatorReply
        var packs: [PackID]
    }

    private static func apply(
        _ document: AgentDocument, keeping refused: [Int64: Refused], to book: inout Book, now: Instant
    ) -> CoordinatorReply {
        let reply = book.apply(document, now: now)
        guard !refused.isEmpty else { return reply }
        book.effects = book.effects.compactMap { effect in
            guard case .keptEvent(let journal, let numbered, _) = effect, let own = refused[numbered.number]
            else {
                return effect
            }
            return .keptEvent(journal, own.event, reason: own.reason)
        }
        for own in refused.values {
            if let key = own.event.event.attempt, book.attempts[key] != nil {
                book.attempts[key]?.lookUpDue = true
            }
        }
        return reply
    }

    private static func answer(
        _ document: AgentDocument, _ reply: CoordinatorReply, in book: inout Book, now: Instant
    ) -> Answered {
        var reply = reply
        book.reconcile(document, into: &reply, now: now)
        let packs = book.offer(answering: document, into: &reply, now: now)
        return Answered(reply: reply, packs: packs)
    }

    /// The first event with which the document is refused; nil when it is refused without any.
    private func firstRefused(
        _ document: AgentDocument, _ refused: [Int64: Refused], now: Instant
    ) async throws -> Int? {
        try await firstBad(document.events.count) { count in
            var part = document
            part.events = Array(document.events.prefix(count))
            let trial = part
            try await book.rehearse(BookScope(document: document, now: now), now: now) { book in
                _ = Self.apply(trial, keeping: refused, to: &book, now: now)
            }
        }
    }

    private func firstRefusedListing(
        _ document: AgentDocument, _ reply: CoordinatorReply, now: Instant
    ) async throws -> Int? {
        try await firstBad(document.attempts.count) { count in
            var part = document
            part.attempts = Array(document.attempts.prefix(count))
            let trial = part
            try await book.rehearse(BookScope(document: document, now: now), now: now) { book in
                _ = Self.answer(trial, reply, in: &book, now: now)
            }
        }
    }

    /// Halves: the smallest prefix that is refused ends with the culprit.
    private func firstBad(_ count: Int, _ attempt: (Int) async throws -> Void) async throws -> Int? {
        func isRefused(_ prefix: Int) async throws -> Bool {
            do {
                try await attempt(prefix)
                return false
            } catch let error as PostgresError where error.isRefusedValue {
                return true
            }
        }
        guard try await !isRefused(0) else { return nil }
        var good = 0
        var bad = count
        while bad - good > 1 {
            let middle = (good + bad) / 2
            if try await isRefused(middle) { bad = middle } else { good = middle }
        }
        return count > 0 ? bad - 1 : nil
    }
}

extension PostgresError {
    /// The server does not take a value: a constraint (class 23) or data that its type cannot hold (class 22).
    var isRefusedValue: Bool {
        guard code == .server, let sqlState else { return false }
        return sqlState.hasPrefix("23") || sqlState.hasPrefix("22")
    }

    /// The refusal in words without the value itself.
    var refusal: String {
        if let constraint { return "the book's constraint \(constraint) refuses it" }
        return "the database cannot hold it (SQLSTATE \(sqlState ?? "unknown"))"
    }
}
