/// Connections for many tasks: opened on demand, at most `size`, each leased to one task at a time.
///
/// Broken connections are replaced, with growing pauses while the server is away; one that rested long is asked
/// for a sign of life first. Tasks wait in order of arrival and can be cancelled while they wait.
public final class Pool: Sendable {
    /// Rest after which a connection is checked before it is used, and closed by `run`: 30 s and 5 min.
    private static let checkAfter: UInt64 = 30_000_000_000
    private static let closeAfter: UInt64 = 300_000_000_000

    private let settings: ConnectionSettings
    private let state: Guarded<PoolState>

    /// A pool; nothing is opened yet.
    public init(settings: ConnectionSettings, size: Int = 8) {
        self.settings = settings
        state = Guarded(PoolState(size: max(1, size)))
    }

    deinit {
        for session in state.withLock({ $0.close() }).sessions { session.close() }
    }

    /// Leases a connection to `body`.
    ///
    /// Throws what `body` throws, and `PostgresError`: `.connection` when none can be opened within the
    /// settings' connect time (at once when the server refuses us), `.cancelled`, `.closed`.
    public func withConnection<T: Sendable>(
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        let session = try await lease()
        let connection = Connection(session)
        do {
            let value = try await body(connection)
            connection.retire()
            giveBack(session)
            return value
        } catch {
            connection.retire()
            giveBack(session)
            throw error
        }
    }

    /// Leases a connection for one transaction; see `Connection.transaction`.
    public func transaction<T: Sendable>(
        _ isolation: Isolation = .readCommitted, _ body: (Connection) async throws -> T
    ) async throws -> T {
        try await withConnection { connection in try await connection.transaction(isolation, body) }
    }

    /// Runs one statement on any connection and returns its rows.
    public func query(_ sql: SQL) async throws -> [Row] {
        try await withConnection { try await $0.query(sql) }
    }

    /// Runs one statement on any connection and returns how many rows it touched.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await withConnection { try await $0.execute(sql) }
    }

    /// How many connections are open (or being opened), at rest, and how many tasks wait for one.
    public var counts: (open: Int, idle: Int, waiting: Int) {
        state.withLock { ($0.open, $0.resting, $0.waiting) }
    }

    /// Closes connections that are no longer needed, until the task is cancelled or the pool closed; then
    /// closes the pool. The pool works without it, but then never shrinks.
    public func run() async throws {
        while !Task.isCancelled, !state.withLock({ $0.isClosed }) {
            try? await Task.sleep(nanoseconds: 1_000_000_000)
            let old = state.withLock { $0.trim(now: Clock.now, limit: Self.closeAfter) }
            for session in old { session.close() }
        }
        await close()
    }

    /// Refuses new leases, sends waiting tasks away with `.closed`, and returns when the last lease is back.
    public func close() async {
        let (sessions, waiters) = state.withLock { $0.close() }
        for session in sessions { session.close() }
        for waiter in waiters { waiter.continuation.resume(throwing: PoolState.shut) }
        await withCheckedContinuation { continuation in
            if !state.withLock({ $0.awaitEnd(continuation) }) { continuation.resume() }
        }
    }

    // MARK: Leases

    private func lease() async throws -> Session {
        switch try await ask() {
        case .slot: return try await open()
        case .session(let session, let rested):
            if await isAlive(session, rested) { return session }
            session.close()
            return try await open()
        }
    }

    private func ask() async throws -> PoolState.Grant {
        guard !Task.isCancelled else { throw PoolState.gone }
        let id = state.withLock { $0.nextWaiter() }
        defer { state.synchronize() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = PoolState.Waiter(id: id, continuation: continuation)
                state.withLock { $0.ask(waiter, now: Clock.now) }?()
            }
        } onCancel: {
            state.withLock { $0.cancel(id) }?()
        }
    }

    /// A server that hung up is noticed without asking; a silent network only by asking.
    private func isAlive(_ session: Session, _ rested: UInt64) async -> Bool {
        if rested > 0 { session.probe() }
        guard session.failure == nil else { return false }
        guard rested > Self.checkAfter else { return true }
        let watchdog = Task {
            try await Task.sleep(nanoseconds: 5_000_000_000)
            session.close()  // fails the ping
        }
        defer { watchdog.cancel() }
        return (try? await session.run(.pipeline([]))) != nil
    }

    /// Fills a slot that this task was given, or gives it up.
    private func open() async throws -> Session {
        let deadline = Clock.now + UInt64(max(0, settings.connectTimeoutMilliseconds)) * 1_000_000
        while true {
            do {
                let pause = state.withLock { $0.retryAt }
                let now = Clock.now
                if pause > now { try await Task.sleep(nanoseconds: min(pause, max(deadline, now)) - now) }
                guard !state.withLock({ $0.isClosed }) else { throw PoolState.shut }
                let session = try await Connector.connect(settings)
                state.withLock { $0.connected() }
                return session
            } catch {
                if error is CancellationError { return try giveUp(PoolState.gone) }
                guard let failure = error as? PostgresError, failure.code == .connection else {
                    return try giveUp(error)
                }
                state.withLock { $0.connectFailed(now: Clock.now) }
                guard failure.isTransient, Clock.now < deadline else { return try giveUp(failure) }
            }
        }
    }

    private func giveUp(_ error: any Error) throws -> Session {
        state.withLock { $0.giveUpSlot() }?()
        throw error
    }

    /// A connection with an open transaction is not fit for anybody else: its owner's rollback failed.
    private func giveBack(_ session: Session) {
        if session.failure == nil, !session.isInTransaction {
            state.withLock { $0.giveBack(session, now: Clock.now) }?()
        } else {
            session.close()
            state.withLock { $0.giveUpSlot() }?()
        }
    }
}
