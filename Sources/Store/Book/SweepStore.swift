public import Federation
public import Postgres

/// What only time brings about, in batches of what is due.
public struct SweepStore: Sendable {
    private static let batch: Int64 = 500

    private let pool: Pool
    private let settings: ExchangeSettings
    private let book: BookStore

    /// The sweeps of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        self.settings = settings
        book = BookStore(pool: pool, settings: settings)
    }

    /// Runs the rule over everything that is due; answers what that brought about.
    public func sweep(now: Instant) async throws -> Changed<Int> {
        var sum = Changed<Int>(value: 0, effects: [])
        while true {
            let due = try await due(now: now)
            guard !due.isEmpty else { return sum }
            let scope = try await scope(due)
            let changed = try await book.change(scope, now: now) { book in
                let before = book.attempts
                book.sweep(now: now)
                return book.attempts.count { before[$0.key] != $0.value }
            }
            sum.value += changed.value
            sum.ended += changed.ended
            sum.hasReady = sum.hasReady || changed.hasReady
            sum.alarms += changed.alarms
            // What the rule leaves alone stays due: another round would bring nothing.
            guard changed.value > 0, due.count == Int(Self.batch) else { return sum }
        }
    }

    private func due(now: Instant) async throws -> [(task: TaskID, agent: AgentID)] {
        let accepted = now.adding(seconds: -settings.acceptedSilenceSeconds)
        let rows = try await pool.query(
            """
            SELECT t.submission, t.index, a.agent FROM attempt_live a JOIN task t ON t.id = a.task
            WHERE NOT EXISTS (SELECT 1 FROM agent WHERE quarantined) AND (
                (a.state = 'offered' AND NOT a.parked AND a.offer_expires < \(now))
                OR (a.state = 'accepted' AND coalesce(a.accepted_at, a.offered_at) < \(accepted))
                OR (a.state IN ('confirmed', 'submitting', 'submitted', 'started') AND NOT a.superseded
                    AND t.on_silence = 'requeue' AND t.state = 'running' AND t.live = a.fence
                    AND a.must_start_by + make_interval(secs => (a.walltime_seconds + a.grace_seconds
                        + \(settings.clockSkewSeconds))::double precision) < \(now)))
            ORDER BY a.task LIMIT \(Self.batch)
            """)
        return try rows.map { (try $0.taskID(), try $0.decode("agent")) }
    }

    /// The agents come along unlocked by documents of their own: their silence is what the rule asks about.
    private func scope(_ due: [(task: TaskID, agent: AgentID)]) async throws -> BookScope {
        var scope = BookScope()
        scope.agents = Set(due.map(\.agent))
        scope.tasks = Set(due.map(\.task))
        return scope
    }
}
