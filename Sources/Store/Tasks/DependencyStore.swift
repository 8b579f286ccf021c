public import Federation
public import Postgres

/// Tasks that wait for others.
///
/// Two parents that end at the same time do not see each other, so nothing is decided in the transaction in which a
/// parent ends: after its commit its children's parents are looked at again, and whoever commits last sees them all.
/// The sweeper does the same for what a crash left in between.
public struct DependencyStore: Sendable {
    /// How many children are told in one transaction.
    private static let batch = 200

    private let pool: Pool
    private let book: BookStore

    /// The dependencies of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        book = BookStore(pool: pool, settings: settings)
    }

    /// Looks at the children of tasks that have just ended, and at theirs in turn; answers whether any is ready now.
    public func follow(_ ended: [TaskID], now: Instant) async throws -> Bool {
        var ended = ended
        var hasReady = false
        while !ended.isEmpty {
            let told = try await tell(decided(among: ended), now: now)
            hasReady = hasReady || told.hasReady
            ended = told.ended
        }
        return hasReady
    }

    /// Looks at every waiting task whose parents have all ended; answers whether any is ready now.
    public func sweep(now: Instant) async throws -> Bool {
        var hasReady = false
        while true {
            let found = try await decided(among: nil)
            guard !found.isEmpty else { return hasReady }
            let told = try await tell(found, now: now)
            hasReady = hasReady || told.hasReady
            let followed = try await follow(told.ended, now: now)
            hasReady = hasReady || followed
        }
    }

    /// Waiting tasks (children of `parents`, or any) whose fate is decided, with what it is: all parents completed, or
    /// one ended badly.
    private func decided(among parents: [TaskID]?) async throws -> [TaskID: Bool] {
        let named = parents ?? []
        let rows = try await pool.query(
            """
            SELECT c.submission, c.index, bool_and(p.state = 'completed') AS completed
            FROM task c JOIN dependency d ON d.child = c.id JOIN task p ON p.id = d.parent
            WHERE c.waits AND c.known AND (\(parents == nil) OR c.id IN (
                SELECT d.child FROM dependency d JOIN task p ON p.id = d.parent
                WHERE (p.submission, p.index) IN (SELECT * FROM unnest(\(named.map(\.submission)),
                    \(named.map { Int32(clamping: $0.index) })))))
            GROUP BY c.id, c.submission, c.index
            HAVING bool_and(p.state = 'completed')
                OR bool_or(p.state IN ('failed', 'cancelled', 'dependencyFailed'))
            ORDER BY c.id LIMIT 100000
            """)
        var decided: [TaskID: Bool] = [:]
        for row in rows { decided[try row.taskID()] = try row.decode("completed") }
        return decided
    }

    private func tell(_ decided: [TaskID: Bool], now: Instant) async throws -> (
        ended: [TaskID], hasReady: Bool
    ) {
        let tasks = decided.keys.sorted()
        var ended: [TaskID] = []
        var hasReady = false
        for start in stride(from: 0, to: tasks.count, by: Self.batch) {
            let part = tasks[start..<min(start + Self.batch, tasks.count)]
            var scope = BookScope()
            scope.tasks = Set(part)
            let changed = try await book.change(scope, now: now) { book in
                for task in part { book.parents(of: task, completed: decided[task] ?? false) }
            }
            ended += changed.ended
            hasReady = hasReady || changed.hasReady
        }
        return (ended, hasReady)
    }
}
