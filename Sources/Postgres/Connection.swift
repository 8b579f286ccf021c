/// A connection to the server, leased by a `Pool` for one task.
///
/// Not Sendable: using it from two tasks does not compile. After its lease it throws `.misuse`.
/// All methods throw `PostgresError`. When the calling task is cancelled, the running statement is cancelled on
/// the server.
public final class Connection {
    private let session: Session
    private var leased = true
    /// BEGIN waits for the first statement and travels with it: a transaction costs no round trip for it.
    private var pendingBegin: SQL?
    /// What travels with the COMMIT.
    private var pendingEnd: [SQL] = []
    private var depth = 0

    init(_ session: Session) { self.session = session }

    func retire() { leased = false }

    /// Runs one statement and returns its rows.
    public func query(_ sql: SQL) async throws -> [Row] {
        try await run([sql]).last?.rows ?? []
    }

    /// Runs one statement and returns how many rows it touched.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await run([sql]).last?.affected ?? 0
    }

    /// Runs statements in one round trip and returns the rows of each.
    ///
    /// Outside a transaction they are one: all or nothing. `PostgresError.statement` tells which was refused.
    public func pipeline(_ statements: [SQL]) async throws -> [[Row]] {
        guard !statements.isEmpty else { return [] }
        return try await run(statements).map(\.rows)
    }

    /// Runs statements as a transaction of their own in one round trip and returns the rows of each. Its locks are dropped
    /// before it is on disk, and it returns when it is: whoever waited for them commits behind it.
    ///
    /// Throws `.lost` where the outcome is unknown; otherwise nothing was committed.
    public func commit(_ statements: [SQL]) async throws -> [[Row]] {
        try checkLease()
        guard depth == 0 else { throw PostgresError(.misuse, "a transaction is open already") }
        let begin = [Isolation.readCommitted.begin, Self.flushesLater]
        do {
            let results = try await end(begin + statements)
            return results.dropFirst(begin.count).prefix(statements.count).map(\.rows)
        } catch var error as PostgresError {
            error.statement = error.statement.map { $0 - begin.count }
            if session.failure == nil, session.isInTransaction {
                _ = try? await session.run(.pipeline(["ROLLBACK"]), shielded: true)
            }
            throw error
        }
    }

    /// Has statements travel with the COMMIT of the open transaction, which drops its locks before it is on disk, and
    /// returns when it is. For rows that many transactions change: they are locked for the least time there is.
    ///
    /// What these statements find is not told; where one must not go through, a constraint has to refuse it.
    public func atCommit(_ statements: [SQL]) {
        pendingEnd += statements
    }

    /// Locks are held until the commit is on disk, unless it need not be there at once.
    private static let flushesLater: SQL = "SET LOCAL synchronous_commit = off"
    /// A transaction of its own with nothing in it: when it is on disk, so is all that was committed before.
    private static let flushed: SQL = "SELECT pg_logical_emit_message(true, 'flushed', '')"

    /// Runs the last statements of a transaction with its COMMIT, and waits for the disk afterwards.
    private func end(_ statements: [SQL]) async throws -> [QueryResult] {
        let commit = statements.count
        do {
            let results = try await session.run(
                .pipeline(statements + ["COMMIT", Self.flushed]), shielded: true)
            try checkCommitted(results.indices.contains(commit) ? results[commit] : nil)
            return results
        } catch var error as PostgresError {
            // Committed, but perhaps not for good.
            if let statement = error.statement, statement > commit { error.code = .lost }
            throw error
        }
    }

    /// Runs a text of several statements without parameters, for migrations. Outside a transaction they are
    /// one, unless the text itself says otherwise.
    public func script(_ text: String) async throws {
        if pendingBegin != nil { _ = try await run([]) }
        try checkLease()
        _ = try await session.run(.script(text))
    }

    /// Asks the server for a sign of life.
    public func ping() async throws {
        try checkLease()
        _ = try await session.run(.pipeline([]))
    }

    /// Runs `body` between BEGIN and COMMIT; rolls back when it throws.
    ///
    /// Within a transaction it is a savepoint, and `isolation` is the outer one's. If the connection breaks at
    /// the COMMIT, its outcome is unknown: `PostgresError` with `.lost`.
    public func transaction<T>(
        _ isolation: Isolation = .readCommitted, _ body: (Connection) async throws -> T
    ) async throws -> T {
        try checkLease()
        guard depth == 0 else { return try await savepoint(body) }
        pendingBegin = isolation.begin
        pendingEnd = []
        depth = 1
        defer { depth = 0 }
        let value: T
        do {
            value = try await body(self)
        } catch {
            await rollBack()
            throw error
        }
        try await commit()
        return value
    }

    private func savepoint<T>(_ body: (Connection) async throws -> T) async throws -> T {
        let name: SQL = "\(identifier: "level_\(depth)")"
        _ = try await run(["SAVEPOINT \(name)"])
        depth += 1
        defer { depth -= 1 }
        do {
            let value = try await body(self)
            _ = try await run(["RELEASE SAVEPOINT \(name)"])
            return value
        } catch {
            if session.failure == nil {
                // Must work in a cancelled task; if it fails, so does the outer COMMIT.
                _ = try? await session.run(.pipeline(["ROLLBACK TO SAVEPOINT \(name)"]), shielded: true)
            }
            throw error
        }
    }

    private func commit() async throws {
        guard pendingBegin == nil || !pendingEnd.isEmpty else {  // nothing was sent
            pendingBegin = nil
            return
        }
        if let begin = pendingBegin {
            pendingBegin = nil
            pendingEnd.insert(begin, at: 0)
        }
        guard pendingEnd.isEmpty else {
            do {
                _ = try await end([Self.flushesLater] + pendingEnd)
            } catch {
                await rollBack()
                throw error
            }
            return
        }
        try checkCommitted(try await session.run(.pipeline(["COMMIT"]), shielded: true).last)
    }

    /// COMMIT of a transaction in which a statement failed succeeds, and rolls back.
    private func checkCommitted(_ commit: QueryResult?) throws {
        guard commit?.tag != "COMMIT" else { return }
        var error = PostgresError(.server, "rolled back: a statement in the transaction had failed")
        error.sqlState = "25P02"
        throw error
    }

    /// Must work in a cancelled task. If it fails, the pool sees the open transaction and drops the connection.
    private func rollBack() async {
        guard pendingBegin == nil else {
            pendingBegin = nil
            return
        }
        guard session.isInTransaction else { return }
        _ = try? await session.run(.pipeline(["ROLLBACK"]), shielded: true)
    }

    private func run(_ statements: [SQL]) async throws -> [QueryResult] {
        try checkLease()
        guard let begin = pendingBegin else { return try await session.run(.pipeline(statements)) }
        pendingBegin = nil
        do {
            let results = try await session.run(.pipeline([begin] + statements))
            return Array(results.dropFirst())
        } catch var error as PostgresError {
            error.statement = error.statement.map { $0 - 1 }
            // Never sent, e.g. for a cancelled task: what follows must not run outside the transaction.
            if session.failure == nil, !session.isInTransaction { pendingBegin = begin }
            throw error
        }
    }

    private func checkLease() throws {
        guard leased else { throw PostgresError(.misuse, "the connection was used after its lease") }
    }
}
