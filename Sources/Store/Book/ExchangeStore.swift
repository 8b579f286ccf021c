public import Federation
public import Postgres

/// The exchange's transactions. Documents that come at the same time share one: what they need is read, locked and
/// written together, each is decided by itself, in turn, and answered after the commit. What the database refuses (a
/// constraint, text that it cannot hold) is found, kept whole and passed over, so that the agent's other events count
/// and its exchange goes on.
public struct ExchangeStore: Sendable {
    /// How many documents share a transaction at most: those behind it wait for all of them.
    private static let batch = 64

    private let pool: Pool
    private let book: BookStore
    private let steps: Combiner<ExchangeStep, Changed<ExchangeStep.Answer>>

    /// The exchanges of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        book = BookStore(pool: pool, settings: settings)
        steps = Combiner(
            pool: pool, maximumBatch: Self.batch, mayRepeat: { BookStore.mayRepeat($0) }
        ) { connection, steps in
            do {
                return try await Self.decide(steps, connection, settings, locksBudgets: false)
            } catch StoreFault.fenced {
                return try await Self.decide(steps, connection, settings, locksBudgets: true)
            } catch let error as PostgresError where BudgetAccount.isOutdated(error) {
                return try await Self.decide(steps, connection, settings, locksBudgets: true)
            }
        }
    }

    /// One transaction, one moment: the last that a caller knows of.
    private static func decide(
        _ steps: [ExchangeStep], _ connection: Connection, _ settings: ExchangeSettings, locksBudgets: Bool
    ) async throws -> [Result<Changed<ExchangeStep.Answer>, any Error>] {
        let scope = BookScope(union: steps.lazy.map(\.scope))
        let now = steps.map(\.now).max() ?? .distantPast
        return try await connection.transaction { connection in
            try await BookStore.change(connection, scope, settings, now: now, locksBudgets: locksBudgets) {
                book in
                steps.map { step in .success(step.take(in: &book, now: now)) }
            }.value
        }
    }

    /// Transaction 1: hello, events or snapshot.
    public func apply(_ document: AgentDocument, now: Instant) async throws -> Changed<CoordinatorReply> {
        var step = ExchangeStep(document: document, kind: .events(keeping: [:]), now: now)
        while true {
            do {
                return try await steps.ask(step).map(\.reply)
            } catch let error as PostgresError where error.isRefusedValue {
                guard case .events(var refused) = step.kind,
                    let index = try await firstRefused(
                        step.document.events.count, of: step, { $0.events(first: $1) })
                else { throw error }
                let event = step.document.events[index]
                guard refused[event.number] == nil else { throw error }
                refused[event.number] = RefusedEvent(event: event, reason: error.refusal)
                step.document.events[index].event = .unknown(kind: "refused", body: .null)
                step.kind = .events(keeping: refused)
            }
        }
    }

    /// Transactions 2 and 3 in one: what the agent lists against what the book holds, and the offers.
    /// A listed attempt that the database refuses is left out of the list, which makes the agent look for it.
    public func answer(
        _ document: AgentDocument, _ reply: CoordinatorReply, now: Instant
    ) async throws -> Changed<CoordinatorReply> {
        var step = ExchangeStep(document: document, kind: .list(reply), now: now)
        while true {
            do {
                var changed = try await steps.ask(step)
                changed.value.reply.offers = try await OfferReader(pool: pool).offers(changed.value.packs)
                let keys = changed.value.packs
                changed.value.reply.confirmed.removeAll { pack in
                    keys.contains(pack) && !changed.value.reply.offers.contains { $0.pack == pack }
                }
                return changed.map(\.reply)
            } catch let error as PostgresError where error.isRefusedValue {
                guard
                    let index = try await firstRefused(
                        step.document.attempts.count, of: step, { $0.listing(first: $1) })
                else { throw error }
                let key = step.document.attempts.remove(at: index).attempt
                try await AlarmStore(pool: pool).raise(
                    name: "listingRefused", words: "\(document.agent) lists \(key): \(error.refusal)",
                    now: now)
            }
        }
    }

    /// The place of the first event or listed attempt with which the step is refused; nil when it is refused without
    /// any. Halves: the smallest prefix that is refused ends with the culprit.
    private func firstRefused(
        _ count: Int, of step: ExchangeStep, _ part: (ExchangeStep, Int) -> ExchangeStep
    ) async throws -> Int? {
        func isRefused(_ prefix: Int) async throws -> Bool {
            let trial = part(step, prefix)
            do {
                try await book.rehearse(step.scope, now: step.now) { book in
                    _ = trial.take(in: &book, now: trial.now)
                }
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
