import CLibPQ
import Glibc

/// One attempt to connect, on a thread of its own: libpq may block there in a host look-up or a TLS handshake.
final class Connector: Sendable {
    private let settings: ConnectionSettings
    private let wake = clibpq_eventfd()
    private let cancelled = Guarded(false)

    private init(_ settings: ConnectionSettings) { self.settings = settings }

    deinit { close(wake) }

    /// A session that is ready for work. Throws `PostgresError`: `.connection`, or `.cancelled` with the task.
    static func connect(_ settings: ConnectionSettings) async throws -> Session {
        let connector = Connector(settings)
        defer { connector.cancelled.synchronize() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let started = BlockingThread.start {
                    let outcome = Result { () throws(PostgresError) in try connector.attempt() }
                    connector.cancelled.synchronize()
                    continuation.resume(with: outcome)
                }
                if !started {
                    continuation.resume(
                        throwing: PostgresError(.connection, "the system has no thread to give"))
                }
            }
        } onCancel: {
            connector.cancel()
        }
    }

    private func cancel() {
        cancelled.withLock { $0 = true }
        var one: UInt64 = 1
        _ = write(wake, &one, 8)
    }

    private func attempt() throws(PostgresError) -> Session {
        let string = try ConnectionString(settings)
        guard let pg = string.start() else { throw PostgresError(.connection, "out of memory") }
        do throws(PostgresError) {
            try poll(pg, string.target)
            return try Session(pg)
        } catch {
            PQfinish(pg)
            throw error
        }
    }

    /// Moves the connection on until it stands. The socket may change between steps (several hosts).
    private func poll(_ pg: OpaquePointer, _ target: String) throws(PostgresError) {
        PQsetErrorVerbosity(pg, PQERRORS_VERBOSE)
        let deadline = Clock.now + UInt64(max(1, settings.connectTimeoutMilliseconds)) * 1_000_000
        guard PQstatus(pg) != CONNECTION_BAD else { throw failure(pg, target) }
        var direction = PGRES_POLLING_WRITING
        while true {
            switch direction {
            case PGRES_POLLING_OK:
                PQsetErrorVerbosity(pg, PQERRORS_DEFAULT)
                return
            case PGRES_POLLING_READING, PGRES_POLLING_WRITING: break
            default: throw failure(pg, target)
            }
            let now = Clock.now
            guard now < deadline else {
                let limit = settings.connectTimeoutMilliseconds
                throw PostgresError(.connection, "cannot connect to \(target): no answer within \(limit) ms")
            }
            let events = Int16(direction == PGRES_POLLING_READING ? POLLIN : POLLOUT)
            var waits = [
                pollfd(fd: PQsocket(pg), events: events, revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            let ready = Glibc.poll(&waits, 2, Int32((deadline - now) / 1_000_000 + 1))
            if cancelled.withLock({ $0 }) {
                throw PostgresError(.cancelled, "the task was cancelled while connecting")
            }
            if ready > 0, waits[0].revents != 0 { direction = PQconnectPoll(pg) }
        }
    }

    private func failure(_ pg: OpaquePointer, _ target: String) -> PostgresError {
        .refusedConnection(PQerrorMessage(pg).map { String(cString: $0) } ?? "", to: target)
    }
}
