public import Federation
public import Postgres

/// Runs the rules over the book: reads the slice that a decision needs, locks it, lets a rule change it, writes back
/// what differs and performs what the rule asked for, in one transaction.
public struct BookStore: Sendable {
    private let pool: Pool
    private let settings: ExchangeSettings

    /// The book in that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        self.settings = settings
    }

    /// Runs `rule` over that slice and commits what it changed. After a deadlock, or when a row did not stand where
    /// it should any more, everything is read and decided again.
    public func change<T: Sendable>(
        _ scope: BookScope, now: Instant, _ rule: @Sendable (inout Book) throws -> T
    ) async throws -> Changed<T> {
        var tries = 0
        while true {
            do {
                return try await pool.transaction { connection in
                    try await Self.change(connection, scope, settings, now: now, rule)
                }
            } catch {
                tries += 1
                guard tries < 5, Self.mayRepeat(error) else { throw error }
            }
        }
    }

    /// What `rule` would do, without committing anything.
    func rehearse(
        _ scope: BookScope, now: Instant, _ rule: @Sendable (inout Book) throws -> Void
    ) async throws {
        struct RollBack: Error {}
        do {
            try await pool.transaction { connection in
                _ = try await Self.change(connection, scope, settings, now: now, rule)
                throw RollBack()
            }
        } catch is RollBack {}
    }

    static func change<T>(
        _ connection: Connection, _ scope: BookScope, _ settings: ExchangeSettings, now: Instant,
        locksBudgets: Bool = true, _ rule: (inout Book) throws -> T
    ) async throws -> Changed<T> {
        let reader = BookReader(
            connection: connection, settings: settings, now: now, locksBudgets: locksBudgets)
        let loaded = try await reader.read(scope)
        var book = loaded.book
        let value = try rule(&book)
        var writer = BookWriter(connection: connection, before: loaded, now: now)
        try await writer.write(book)
        return Changed(value: value, effects: book.effects)
    }

    /// Runs a rule over budgets only, inside a transaction; it also learns the sites of their allocations.
    static func change(
        _ connection: Connection, _ budgets: Set<BudgetID>, now: Instant,
        _ rule: (inout Book, [BudgetID: SiteID]) throws -> Void
    ) async throws {
        var scope = BookScope()
        scope.budgets = budgets
        let loaded = try await BookReader(connection: connection, settings: ExchangeSettings(), now: now)
            .read(
                scope)
        var book = loaded.book
        try rule(&book, loaded.budgetSites)
        var writer = BookWriter(connection: connection, before: loaded, now: now)
        try await writer.write(book)
    }

    /// Whether everything may be read and decided again: a deadlock, or a row that did not stand where it should.
    static func mayRepeat(_ error: any Error) -> Bool {
        if case StoreFault.fenced? = error as? StoreFault { return true }
        return (error as? PostgresError)?.isRetryable == true
    }
}
