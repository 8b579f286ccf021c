/// The pool's book-keeping; no I/O, kept behind the pool's lock.
struct PoolState {
    /// What a task gets when it asks for a connection.
    enum Grant {
        /// An established connection that rested this long, in nanoseconds.
        case session(Session, rested: UInt64)
        /// The right to open a connection.
        case slot
    }

    struct Idle {
        let session: Session
        let since: UInt64
    }

    struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Grant, any Error>
    }

    let size: Int
    private(set) var isClosed = false
    /// Slots in use: idle, leased or being opened.
    private(set) var open = 0
    /// The most recently used last.
    private var idle: [Idle] = []
    private var waiters: [Waiter] = []
    private var lastWaiter: UInt64 = 0
    /// Tasks that have a number, but have not asked yet; true: cancelled meanwhile.
    private var arriving: [UInt64: Bool] = [:]
    private var closers: [CheckedContinuation<Void, Never>] = []
    private var backoff = Backoff()
    private(set) var retryAt: UInt64 = 0

    init(size: Int) { self.size = size }

    var waiting: Int { waiters.count }
    var resting: Int { idle.count }

    mutating func nextWaiter() -> UInt64 {
        lastWaiter += 1
        arriving[lastWaiter] = false
        return lastWaiter
    }

    /// A connection or a slot at once, or a place in the queue.
    mutating func ask(_ waiter: Waiter, now: UInt64) -> (() -> Void)? {
        if arriving.removeValue(forKey: waiter.id) == true {
            return { waiter.continuation.resume(throwing: Self.gone) }
        }
        guard !isClosed else { return { waiter.continuation.resume(throwing: Self.shut) } }
        if let last = idle.popLast() {
            let rested = now > last.since ? now - last.since : 0
            return { waiter.continuation.resume(returning: .session(last.session, rested: rested)) }
        }
        guard open < size else {
            waiters.append(waiter)
            return nil
        }
        open += 1
        return { waiter.continuation.resume(returning: .slot) }
    }

    /// The asking task was cancelled. A waiter that already has its grant keeps it.
    mutating func cancel(_ id: UInt64) -> (() -> Void)? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else {
            if arriving[id] != nil { arriving[id] = true }
            return nil
        }
        let waiter = waiters.remove(at: index)
        return { waiter.continuation.resume(throwing: Self.gone) }
    }

    /// A good connection comes back: to the first in the queue, or to rest.
    mutating func giveBack(_ session: Session, now: UInt64) -> (() -> Void)? {
        guard !isClosed else {
            let ended = giveUpSlot()
            return {
                session.close()
                ended?()
            }
        }
        guard !waiters.isEmpty else {
            idle.append(Idle(session: session, since: now))
            return nil
        }
        let waiter = waiters.removeFirst()
        return { waiter.continuation.resume(returning: .session(session, rested: 0)) }
    }

    /// A connection is gone or could not be opened: the first in the queue may try.
    mutating func giveUpSlot() -> (() -> Void)? {
        guard waiters.isEmpty || isClosed else {
            let waiter = waiters.removeFirst()
            return { waiter.continuation.resume(returning: .slot) }
        }
        open -= 1
        guard isClosed, open == 0 else { return nil }
        let closers = closers
        self.closers = []
        return { for closer in closers { closer.resume() } }
    }

    mutating func connected() {
        backoff.reset()
        retryAt = 0
    }

    mutating func connectFailed(now: UInt64) { retryAt = now + backoff.next() }

    /// Takes out connections that rested longer than `limit` nanoseconds, or broke.
    mutating func trim(now: UInt64, limit: UInt64) -> [Session] {
        let old = idle.filter { $0.since + limit < now || $0.session.failure != nil }.map(\.session)
        idle.removeAll { $0.since + limit < now || $0.session.failure != nil }
        open -= old.count
        return old
    }

    /// No more grants. Returns the connections at rest and the tasks to send away.
    mutating func close() -> (sessions: [Session], waiters: [Waiter]) {
        isClosed = true
        defer {
            open -= idle.count
            idle = []
            waiters = []
        }
        return (idle.map(\.session), waiters)
    }

    /// Resumes when the last lease is back; false if there is none.
    mutating func awaitEnd(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        guard open > 0 else { return false }
        closers.append(continuation)
        return true
    }

    static let gone = PostgresError(.cancelled, "the task was cancelled while waiting for a connection")
    static let shut = PostgresError(.closed, "the pool is closed")
}
