import CLibPQ
import Glibc

/// The single-threaded heart of a session: one PGconn in non-blocking pipeline mode, one flight at a time.
///
/// Not Sendable; `Session` keeps it behind its lock. Methods that may end a flight return its `Landing`, to be
/// delivered once the lock is free.
final class SessionCore {
    private var pg: OpaquePointer?
    private let descriptor: Int32
    private var token: UInt64?
    private var flight: Flight?
    private var landing: Landing?
    private var cancelsUnderWay = 0
    private var cache = StatementCache()
    private var lastFlight: UInt64 = 0
    private var cancelledEarly: UInt64 = 0
    private var waitsForRoom = false
    private(set) var failure: PostgresError?
    var onNotification: (@Sendable (String) -> Void)?
    var onFailure: (@Sendable () -> Void)?

    /// Takes over an established connection.
    init(_ pg: OpaquePointer) {
        self.pg = pg
        descriptor = PQsocket(pg)
        PQsetNoticeReceiver(pg, { _, _ in }, nil)
        PQsetnonblocking(pg, 1)
        PQenterPipelineMode(pg)
    }

    func watch(_ handler: @escaping Reactor.Handler) -> Bool {
        token = Reactor.shared.watch(descriptor, handler)
        return token != nil
    }

    var isBusy: Bool { flight != nil || landing != nil }

    /// True while the server is inside a transaction of this session.
    var isInTransaction: Bool {
        guard let pg else { return false }
        let status = PQtransactionStatus(pg)
        return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
    }

    func nextFlight() -> UInt64 {
        lastFlight += 1
        return lastFlight
    }

    // MARK: Sending

    func send(_ work: Work, id: UInt64, _ reply: @escaping Flight.Reply) -> Landing? {
        func refuse(_ error: PostgresError) -> Landing { Landing(reply: reply, outcome: .failure(error)) }
        guard cancelledEarly != id else { return refuse(PostgresError(.cancelled, "the task was cancelled")) }
        guard !isBusy else {
            return refuse(PostgresError(.misuse, "the connection is already running a statement"))
        }
        guard let pg else {
            var error = failure ?? PostgresError(.connection, "the connection is closed")
            error.code = .connection
            return refuse(error)
        }
        var flight = Flight(id: id, reply: reply)
        switch work {
        case .pipeline(let statements):
            if let problem = statements.lazy.compactMap(Self.problem).first { return refuse(problem) }
            var sent = true
            for (index, statement) in statements.enumerated() where sent {
                sent = send(statement, index, pg, &flight)
            }
            sent = sent && makeRoom(pg, &flight) && PQpipelineSync(pg) == 1
            self.flight = flight
            if !sent { return fail() }
        case .script(let text):
            guard !text.utf8.contains(0) else {
                return refuse(PostgresError(.misuse, "the script has a NUL byte"))
            }
            flight.steps = [.script]
            self.flight = flight
            guard PQexitPipelineMode(pg) == 1, PQsendQuery(pg, text) == 1 else { return fail() }
        }
        return flush()
    }

    /// What libpq would refuse only half-way through a batch.
    private static func problem(_ sql: SQL) -> PostgresError? {
        if sql.parameters.count > 65_535 {
            return PostgresError(
                .misuse, "\(sql.parameters.count) parameters; 65,535 are possible: use arrays")
        }
        if sql.buffer.bytes.count > 1_000_000_000 {
            return PostgresError(.misuse, "the parameters have more than 1,000,000,000 bytes")
        }
        return sql.pieces.contains { $0.utf8.contains(0) }
            ? PostgresError(.misuse, "the SQL has a NUL byte") : nil
    }

    /// Behind the statements, not before: in front of a BEGIN it would take a snapshot, and the isolation level
    /// could not be chosen any more.
    private func makeRoom(_ pg: OpaquePointer, _ flight: inout Flight) -> Bool {
        guard let oldest = cache.surplus() else { return true }
        flight.steps.append(.deallocate(oldest.key))
        return PQsendQueryParams(pg, "DEALLOCATE \(oldest.name)", 0, nil, nil, nil, nil, 1) == 1
    }

    private func send(_ sql: SQL, _ index: Int, _ pg: OpaquePointer, _ flight: inout Flight) -> Bool {
        let key = StatementCache.Key(text: sql.text, types: sql.parameters.map(\.oid))
        let name: String
        if let known = cache.name(key) ?? flight.prepared(key) {
            name = known
        } else {
            name = cache.freshName()
            guard PQsendPrepare(pg, name, key.text, Int32(key.types.count), key.types) == 1 else {
                return false
            }
            flight.steps.append(.prepare(key, name: name))
        }
        flight.steps.append(.execute(key, statement: index))
        let lengths = sql.parameters.map { Int32(truncatingIfNeeded: max(0, $0.length)) }
        let formats = [Int32](repeating: 1, count: lengths.count)
        return sql.buffer.bytes.withUnsafeBytes { bytes in
            // A value without bytes still needs an address: libpq takes none for NULL.
            withUnsafeBytes(of: 0 as Int) { nothing in
                let values = sql.parameters.map { parameter -> UnsafePointer<CChar>? in
                    guard parameter.length >= 0 else { return nil }
                    let base = parameter.length == 0 ? nothing.baseAddress : bytes.baseAddress
                    let offset = parameter.length == 0 ? 0 : parameter.offset
                    return base.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
                }
                return PQsendQueryPrepared(pg, name, Int32(values.count), values, lengths, formats, 1) == 1
            }
        }
    }

    private func flush() -> Landing? {
        guard let pg else { return nil }
        let state = PQflush(pg)
        if state < 0 { return fail() }
        if (state == 1) != waitsForRoom, let token {
            waitsForRoom = state == 1
            Reactor.shared.watchOutput(waitsForRoom, descriptor, token)
        }
        return nil
    }

    // MARK: Receiving

    /// The socket has input (or its end), or room for output.
    func ready(readable: Bool, writable: Bool) -> Landing? {
        guard let pg else { return nil }
        if writable, let landing = flush() { return landing }
        guard readable, self.pg != nil else { return nil }
        let alive = PQconsumeInput(pg) == 1
        // A server that stops may have answered everything before: what is there counts.
        let landing = pump(pg)
        while self.pg != nil, let notification = PQnotifies(pg) {
            onNotification?(String(cString: notification.pointee.relname))
            PQfreemem(notification)
        }
        guard alive else {
            let end = fail()
            return landing ?? end
        }
        return landing ?? (waitsForRoom ? flush() : nil)
    }

    /// Takes all results that are there. A pipeline ends with its Sync, a script with NULL.
    private func pump(_ pg: OpaquePointer) -> Landing? {
        while flight != nil, PQisBusy(pg) == 0 {
            guard let result = PQgetResult(pg) else {
                if case .script? = flight?.steps.first {
                    PQenterPipelineMode(pg)
                    return land()
                }
                flight?.at += 1
                continue
            }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: take(QueryResult(result))
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                return land()
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            case PGRES_FATAL_ERROR, PGRES_NONFATAL_ERROR, PGRES_BAD_RESPONSE:
                let (error, fatal) = PostgresError.from(result)
                PQclear(result)
                refuse(error)
                if fatal || PQstatus(pg) == CONNECTION_BAD { return fail() }
            default:
                PQclear(result)
                refuse(PostgresError(.misuse, "COPY is not supported"))
                return fail()
            }
        }
        return nil
    }

    private func take(_ result: QueryResult) {
        guard let flight, flight.steps.indices.contains(flight.at) else { return }
        switch flight.steps[flight.at] {
        case .prepare(let key, let name): cache.add(key, name)
        case .deallocate(let key): cache.forget(key)
        case .execute, .script: self.flight?.results.append(result)
        }
    }

    private func refuse(_ error: PostgresError) {
        guard let flight, flight.failure == nil else { return }
        var error = error
        switch flight.steps.indices.contains(flight.at) ? flight.steps[flight.at] : nil {
        case .execute(let key, let statement):
            error.statement = statement
            // Changed tables can spoil a prepared statement for good: prepare it anew next time.
            if error.sqlState == "0A000" || error.sqlState == "26000" { cache.forget(key) }
        case .prepare(let key, _):
            error.statement =
                flight.steps.lazy.compactMap { step -> Int? in
                    guard case .execute(key, let statement) = step else { return nil }
                    return statement
                }.first
        case .deallocate, .script, nil: break
        }
        self.flight?.failure = error
    }

    /// The flight is over; while a cancel request is under way its answer waits, so that the request cannot hit
    /// the next statement.
    private func land() -> Landing? {
        guard let flight else { return nil }
        self.flight = nil
        let landing = Landing(reply: flight.reply, outcome: flight.outcome)
        guard cancelsUnderWay == 0 else {
            self.landing = landing
            return nil
        }
        return landing
    }

    // MARK: The end

    /// The connection broke (or was never any good): the outcome of what was sent is unknown.
    private func fail() -> Landing? {
        guard let pg else { return nil }
        let text = PQerrorMessage(pg).map { String(cString: $0).oneLine } ?? ""
        var error = flight?.failure ?? PostgresError(.lost, text.isEmpty ? "the connection broke" : text)
        error.code = .lost
        shut(error)
        onFailure?()
        flight?.failure = error
        return land()
    }

    /// Ends the session; whatever is under way is lost.
    func close() -> Landing? {
        guard pg != nil else { return nil }
        let error = PostgresError(.lost, "the connection was closed")
        shut(error)
        flight?.failure = error
        return land()
    }

    /// The reactor must let go of the descriptor before `PQfinish` closes it: its number may be given again.
    private func shut(_ error: PostgresError) {
        failure = error
        if let token { Reactor.shared.forget(descriptor, token) }
        if let pg { PQfinish(pg) }
        token = nil
        pg = nil
    }

    // MARK: Cancelling

    /// The calling task was cancelled. True if there is something to cancel on the server.
    func markCancelled(_ id: UInt64) -> Bool {
        guard flight?.id == id else {
            if id == lastFlight { cancelledEarly = id }
            return false
        }
        flight?.cancelled = true
        return true
    }

    /// A request that `PQcancel` takes, unless the flight is over.
    func beginCancel(_ id: UInt64) -> OpaquePointer? {
        guard let pg, flight?.id == id, let request = PQgetCancel(pg) else { return nil }
        cancelsUnderWay += 1
        return request
    }

    func endCancel() -> Landing? {
        cancelsUnderWay -= 1
        guard cancelsUnderWay == 0 else { return nil }
        defer { landing = nil }
        return landing
    }
}

extension Flight {
    /// The name that a statement was prepared under earlier in this flight.
    fileprivate func prepared(_ key: StatementCache.Key) -> String? {
        for case .prepare(key, let name) in steps { return name }
        return nil
    }
}
