import Postgres
import TestKit
import Testing

/// Leases, waiting, cancelling, and lost servers.
struct PoolTests {
    private func backend(_ connection: Connection) async throws -> Int32 {
        try await connection.query("SELECT pg_backend_pid()")[0].decode(0)
    }

    /// Repeats a harmless statement for as long as its outcome is unknown.
    private func patiently<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        while true {
            do {
                return try await body()
            } catch let error as PostgresError where error.code == .lost {
                continue
            }
        }
    }

    @Test func manyTasksShareFewConnections() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 3)
            try await pool.execute("CREATE TABLE t (worker bigint, turn bigint)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        for turn in 0..<60 {
                            let echo = try await pool.transaction { connection in
                                try await connection.execute("INSERT INTO t VALUES (\(worker), \(turn))")
                                return try await connection.query("SELECT \(worker * 1000 + turn)")[0]
                                    .decode(0, as: Int.self)
                            }
                            #expect(echo == worker * 1000 + turn)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT count(DISTINCT (worker, turn)) FROM t")[0].decode(0) == 480)
            #expect(pool.counts.open <= 3)
            await pool.close()
            #expect(pool.counts.open == 0)
        }
    }

    @Test func aWaitingTaskCanBeCancelled() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let patient = try await pool.withConnection { connection in
                let waiter = Task { try await pool.query("SELECT 1") }
                let patient = Task { try await pool.query("SELECT 2")[0].decode(0, as: Int.self) }
                while pool.counts.waiting < 2 { await Task.yield() }
                waiter.cancel()
                let error = await #expect(throws: PostgresError.self) { _ = try await waiter.value }
                #expect(error?.code == .cancelled)
                #expect(pool.counts.waiting == 1)
                // Cancelled before it asks: never waits at all.
                let late = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await pool.query("SELECT 3")
                }
                late.cancel()
                #expect(
                    await #expect(throws: PostgresError.self) { _ = try await late.value }?.code == .cancelled
                )
                _ = try await connection.query("SELECT 4")
                return patient
            }
            #expect(try await patient.value == 2)
            await pool.close()
        }
    }

    @Test func aCancelledTaskCancelsItsStatement() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let pid = try await pool.withConnection { try await backend($0) }
            for statements in [["SELECT pg_sleep(60)"], ["SELECT 1", "SELECT pg_sleep(60)", "SELECT 2"]]
                as [[SQL]]
            {
                let sleeper = Task {
                    try await pool.withConnection { connection in
                        try await connection.transaction { try await $0.pipeline(statements) }
                    }
                }
                let watcher = database.pool(size: 1)
                let sleeping: SQL =
                    "SELECT 1 FROM pg_stat_activity WHERE pid = \(pid) AND wait_event = 'PgSleep'"
                while try await watcher.query(sleeping).isEmpty { await Task.yield() }
                await watcher.close()
                sleeper.cancel()
                let error = await #expect(throws: PostgresError.self) { _ = try await sleeper.value }
                #expect(error?.code == .cancelled)
                // The same connection, rolled back and fit for the next, which no late cancel hits.
                for _ in 0..<20 { #expect(try await pool.withConnection { try await backend($0) } == pid) }
            }
            await pool.close()
        }
    }

    @Test func aTerminatedBackendIsLostAndReplaced() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let killer = database.pool(size: 1)
            try await pool.execute("CREATE TABLE t (i int)")
            let busy = Task {
                try await pool.withConnection { connection in
                    try await connection.pipeline(["INSERT INTO t VALUES (1)", "SELECT pg_sleep(60)"])
                }
            }
            let kill: SQL =
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = \(database.name)"
            while try await killer.query(kill).isEmpty { await Task.yield() }
            let error = await #expect(throws: PostgresError.self) { _ = try await busy.value }
            #expect(error?.code == .lost)
            #expect(error?.sqlState == "57P01")
            #expect(try await pool.query("SELECT count(*) FROM t")[0].decode(0, as: Int.self) == 0)
            // At rest: replaced as soon as the server has hung up, which takes it a moment.
            let first = try await pool.withConnection { try await backend($0) }
            try await killer.execute("SELECT pg_terminate_backend(\(first))")
            let second = try await patiently { try await pool.withConnection { try await backend($0) } }
            #expect(first != second)
            await pool.close()
            await killer.close()
        }
    }

    @Test func aConnectionThatDiesBeforeTheCommitIsLost() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 2)
            try await pool.execute("CREATE TABLE t (i int)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    let pid = try await backend(connection)
                    try await pool.execute("SELECT pg_terminate_backend(\(pid))")
                    while try await pool.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(pid)").count > 0
                    {}
                }
            }
            #expect(error?.code == .lost || error?.code == .connection)
            #expect(try await pool.query("SELECT * FROM t").isEmpty)
            await pool.close()
        }
    }

    @Test func aServerThatIsAwayIsWaitedFor() async throws {
        let server = TemporaryPostgres(durable: true)
        var settings = try await server.settings()
        settings.connectTimeoutMilliseconds = 30_000
        let pool = Pool(settings: settings, size: 2)
        try await pool.execute("CREATE TABLE t (i int)")
        try await pool.execute("INSERT INTO t VALUES (1)")
        try await server.crash()
        // A backend that has not noticed yet may still take a statement.
        let patient = Task { try await patiently { try await pool.query("SELECT * FROM t").count } }
        try await server.start()
        #expect(try await patient.value == 1)
        try await server.stop()
        settings.connectTimeoutMilliseconds = 100
        let hasty = Pool(settings: settings, size: 1)
        let error = await #expect(throws: PostgresError.self) { try await hasty.query("SELECT 1") }
        #expect(error?.code == .connection)
        #expect(error?.message.contains("No such file or directory") == true)
        await pool.close()
        await hasty.close()
    }

    @Test func aWrongConnectionStringIsExplained() async throws {
        func problem(_ conninfo: String) async -> PostgresError? {
            let pool = Pool(
                settings: ConnectionSettings(conninfo: conninfo, connectTimeoutMilliseconds: 60_000), size: 1)
            let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            await pool.close()
            #expect(error?.code == .connection)
            return error
        }
        let word = await problem("hosst=/tmp")
        #expect(word?.message == "the connection string is not valid: invalid connection option \"hosst\"")
        let good = try await TemporaryPostgres.shared.settings().conninfo
        let base = await problem(good + " dbname=nowhere")
        #expect(base?.sqlState == "3D000")
        #expect(base?.message.hasSuffix("FATAL: database \"nowhere\" does not exist") == true)
        let role = await problem(good + " user=nobody-here password=hush-hush")
        #expect(role?.sqlState == "28000")
        #expect(role?.message.contains("user=nobody-here") == true)
        #expect(role?.debugDescription.contains("hush-hush") == false)
        let option = await problem(good + " options='-c no_such_setting=1'")
        #expect(option?.sqlState == "42704")
    }

    @Test func aClosedPoolSendsTasksAway() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 1)
            let service = Task { try await pool.run() }
            let (entered, enter) = AsyncStream<Void>.makeStream()
            let (gate, open) = AsyncStream<Void>.makeStream()
            let holder = Task {
                try await pool.withConnection { connection in
                    enter.finish()
                    for await _ in gate {}
                    return try await connection.query("SELECT 1").count
                }
            }
            for await _ in entered {}
            let waiter = Task { try await pool.query("SELECT 1") }
            while pool.counts.waiting < 1 { await Task.yield() }
            service.cancel()
            #expect(await #expect(throws: PostgresError.self) { _ = try await waiter.value }?.code == .closed)
            open.finish()
            #expect(try await holder.value == 1)
            try await service.value
            #expect(pool.counts.open == 0)
            #expect(
                await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }?.code
                    == .closed)
        }
    }
}
