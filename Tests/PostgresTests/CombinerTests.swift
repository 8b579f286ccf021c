import Postgres
import TestKit
import Testing

/// Many callers, few commits.
struct CombinerTests {
    private typealias Inserts = Combiner<Int64, Int64>

    private func inserts(_ pool: Pool, maximumBatch: Int = 1000) -> Inserts {
        Inserts(pool: pool, maximumBatch: maximumBatch) { connection, requests in
            let rows = try await connection.query(
                """
                INSERT INTO t SELECT x, 1000 / (x - 13) FROM unnest(\(requests)) WITH ORDINALITY u(x, ord)
                ORDER BY ord RETURNING id
                """)
            return rows.map { row in
                Result {
                    let id = try row.decode(0, as: Int64.self)
                    guard id != 99 else { throw PostgresError(.misuse, "ninety-nine") }
                    return id
                }
            }
        }
    }

    private func withCombiner(
        maximumBatch: Int = 1000, _ body: @Sendable (Inserts, Pool) async throws -> Void
    ) async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 4)
            try await pool.execute("CREATE TABLE t (id bigint PRIMARY KEY, part bigint)")
            try await body(inserts(pool, maximumBatch: maximumBatch), pool)
            await pool.close()
        }
    }

    @Test func manyCallersShareACommit() async throws {
        try await withCombiner { combiner, pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<64 {
                    group.addTask {
                        for turn in 0..<30 {
                            let id = Int64(1000 + caller * 100 + turn)
                            let answer = try await combiner.ask(id)
                            #expect(answer == id)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT count(*) FROM t")[0].decode(0, as: Int.self) == 64 * 30)
            let statistics = combiner.statistics
            #expect(statistics.requests == 64 * 30)
            #expect(statistics.batches < 64 * 30 / 4)
            #expect(statistics.largestBatch <= 64)
            #expect(statistics.splits == 0)
        }
    }

    @Test func onlyTheBadRowsAreRefused() async throws {
        try await withCombiner { combiner, pool in
            let outcomes = await withTaskGroup(of: (Int64, PostgresError?).self) { group in
                // 13 divides by zero; 99 is refused by the decoder, after its commit.
                for id in Int64(0)..<120 {
                    group.addTask {
                        do {
                            return (try await combiner.ask(id), nil)
                        } catch {
                            return (id, error as? PostgresError)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(Set(outcomes.keys) == [13, 99])
            #expect(outcomes[13]?.sqlState == "22012")
            #expect(outcomes[99]?.message == "ninety-nine")
            let rows = try await pool.query("SELECT id FROM t")
            #expect(rows.count == 119)
            #expect(combiner.statistics.refused == 1)
            #expect(
                await #expect(throws: PostgresError.self) { try await combiner.ask(5) }?.isUniqueViolation
                    == true
            )
        }
    }

    @Test func aBrokenConnectionLosesItsBatchOnly() async throws {
        try await withCombiner(maximumBatch: 1) { combiner, pool in
            #expect(try await combiner.ask(1) == 1)
            let next = try await pool.withConnection { connection in
                try await connection.transaction { connection in
                    try await connection.execute("LOCK TABLE t")
                    let stuck = Task { try await combiner.ask(2) }
                    let blocked: SQL = "wait_event_type = 'Lock' AND datname = current_database()"
                    while try await pool.query("SELECT 1 FROM pg_stat_activity WHERE \(blocked)").isEmpty {
                        await Task.yield()
                    }
                    let next = Task { try await combiner.ask(3) }
                    try await pool.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE \(blocked)")
                    let error = await #expect(throws: PostgresError.self) { _ = try await stuck.value }
                    #expect(error?.code == .lost)
                    return next
                }
            }
            #expect(try await next.value == 3)
            #expect(combiner.statistics.lost == 1)
        }
    }

    @Test func aCallerCanLeaveBeforeItsTurnAndTakesNobodyAlong() async throws {
        try await withCombiner { combiner, pool in
            let (first, staying) = try await pool.transaction { connection in
                try await connection.execute("LOCK TABLE t")
                let first = Task { try await combiner.ask(1) }
                while combiner.statistics.batches == 0 { await Task.yield() }
                // The first batch is at the server now; what comes after it waits here.
                let leaving = Task { try await combiner.ask(2) }
                let staying = Task { try await combiner.ask(3) }
                leaving.cancel()
                first.cancel()
                let error = await #expect(throws: PostgresError.self) { try await leaving.value }
                #expect(error?.code == .cancelled)
                return (first, staying)
            }
            // Taken before it was cancelled: it learns the outcome.
            #expect(try await first.value == 1)
            #expect(try await staying.value == 3)
            let rows = try await pool.query("SELECT id FROM t ORDER BY id")
            #expect(try rows.map { try $0.decode(0, as: Int64.self) } == [1, 3])
        }
    }

    @Test func aConnectionThatBrokeAtRestIsReplacedUnnoticed() async throws {
        try await withCombiner { combiner, pool in
            #expect(try await combiner.ask(1) == 1)
            let own = try await pool.query("SELECT pg_backend_pid()")[0].decode(0, as: Int.self)
            _ = try? await pool.query("SELECT pg_terminate_backend(\(own)::int)")
            #expect(try await combiner.ask(2) == 2)
            #expect(combiner.statistics.lost == 0)
        }
    }

    @Test func aServerThatRefusesUsOrIsAwayFailsTheCallers() async throws {
        var settings = try await TemporaryPostgres.shared.settings()
        settings.conninfo += " dbname=nowhere"
        let refused = inserts(Pool(settings: settings, size: 1))
        let error = await #expect(throws: PostgresError.self) { try await refused.ask(1) }
        #expect(error?.code == .connection)
        #expect(error?.sqlState == "3D000")
        let away = inserts(
            Pool(settings: ConnectionSettings(conninfo: "host=/nowhere", connectTimeoutMilliseconds: 0)))
        #expect(await #expect(throws: PostgresError.self) { try await away.ask(1) }?.code == .connection)
        #expect(await #expect(throws: PostgresError.self) { try await away.ask(2) }?.code == .connection)
    }

    @Test func aClosedPoolClosesIt() async throws {
        try await withCombiner { combiner, pool in
            let first = try await combiner.ask(1)
            #expect(first == 1)
            await pool.close()
            let error = await #expect(throws: PostgresError.self) { try await combiner.ask(2) }
            #expect(error?.code == .closed)
        }
    }
}
