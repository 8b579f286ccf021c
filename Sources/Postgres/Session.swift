import CLibPQ
import Glibc

/// One connection to the server, safe to use from any thread; one piece of work at a time.
final class Session: Sendable {
    private let core: Guarded<SessionCore>

    /// Takes over an established connection, unless it throws.
    init(_ pg: OpaquePointer) throws(PostgresError) {
        let core = Guarded(SessionCore(pg))
        self.core = core
        let watched = core.withLock { inner in
            inner.watch { [weak core] readable, writable in
                core?.withLock { $0.ready(readable: readable, writable: writable) }?.deliver()
            }
        }
        guard watched else { throw PostgresError(.connection, "the system refuses to watch the socket") }
    }

    deinit { core.withLock { $0.close() }?.deliver() }

    /// Why the session is over; nil while it lives.
    var failure: PostgresError? { core.withLock { $0.failure } }

    /// Looks whether the server has hung up, without waiting; the reactor may not have come to it yet.
    func probe() { core.withLock { $0.ready(readable: true, writable: false) }?.deliver() }

    var isInTransaction: Bool { core.withLock { $0.isInTransaction } }

    /// Called on the reactor's thread for each notification, with its channel, and once when the connection
    /// breaks. Must not call back into the session.
    func observe(notification: @escaping @Sendable (String) -> Void, failure: @escaping @Sendable () -> Void)
    {
        core.withLock { core in
            core.onNotification = notification
            core.onFailure = failure
        }
    }

    func close() { core.withLock { $0.close() }?.deliver() }

    /// Runs a piece of work; a cancelled task cancels it on the server, unless it is `shielded`.
    ///
    /// Throws `PostgresError`. Returns only when the server is done with it (or the connection with us), so the
    /// next piece of work meets an idle server.
    func run(_ work: Work, shielded: Bool = false) async throws -> [QueryResult] {
        let id = core.withLock { $0.nextFlight() }
        guard !shielded else { return try await send(work, id) }
        return try await withTaskCancellationHandler {
            try await send(work, id)
        } onCancel: {
            cancel(id)
        }
    }

    private func send(_ work: Work, _ id: UInt64) async throws -> [QueryResult] {
        defer { core.synchronize() }
        return try await withCheckedThrowingContinuation { continuation in
            core.withLock { core in core.send(work, id: id) { continuation.resume(with: $0) } }?.deliver()
        }
    }

    /// `PQcancel` opens a connection of its own and blocks: not here. The server ignores a request that comes
    /// between two statements of a pipeline, so it is repeated until the flight is over.
    private func cancel(_ id: UInt64) {
        guard core.withLock({ $0.markCancelled(id) }) else { return }
        let core = core
        _ = BlockingThread.start {
            var text = [CChar](repeating: 0, count: 256)
            while let request = core.withLock({ $0.beginCancel(id) }) {
                PQcancel(request, &text, Int32(text.count))
                PQfreeCancel(request)
                core.withLock { $0.endCancel() }?.deliver()
                poll(nil, 0, 200)
            }
        }
    }
}
