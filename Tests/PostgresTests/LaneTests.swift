import Postgres
import TestKit
import Testing

/// Many callers, few commits.
struct LaneTests {
    private typealias Inserts = Lane<Int64, Int64>

    private func inserts(_ settings: ConnectionSettings, maximumBatch: Int = 1000) -> Inserts {
        Inserts(settings: settings, maximumBatch: maximumBatch) { requests in
            [
                """
                INSERT INTO t SELECT x, 1000 / (x - 13) FROM unnest(\(requests)) WITH ORDINALITY u(x, ord)
                ORDER BY ord RETURNING id
                """
            ]
        } decode: { requests, rows in
            try zip(requests, rows[0]).map { request, row in
                let id = try row.decode(0, as: Int64.self)
                return id == 99 ? .failure(PostgresError(.misuse, "ninety-nine")) : .success(id)
            }
        }
    }

    private func withLane(
        maximumBatch: Int = 1000, _ body: @Sendable (Inserts, Pool) async throws -> Void
    ) async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            try await pool.execute("CREATE TABLE t (id bigint PRIMARY KEY, part bigint)")
            let lane = inserts(database.settings, maximumBatch: maximumBatch)
            let service = Task { await lane.run() }
            try await body(lane, pool)
            service.cancel()
            await service.value
            await pool.close()
        }
    }

    @Test func manyCallersShareACommit() async throws {
        try await withLane { lane, pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<64 {
                    group.addTask {
                        for turn in 0..<30 {
                            let id = Int64(1000 + caller * 100 + turn)
                            let answer = try await lane.ask(id)
                            #expect(answer == id)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.query("SELECT count(*) FROM t")[0].decode(0, as: Int.self) == 64 * 30)
            let statistics = lane.statistics
            #expect(statistics.requests == 64 * 30)
            #expect(statistics.batches < 64 * 30 / 4)
            #expect(statistics.largestBatch <= 64)
            #expect(statistics.splits == 0)
        }
    }

    @Test func onlyTheBadRowsAreRefused() async throws {
        try await withLane { lane, pool in
            let outcomes = await withTaskGroup(of: (Int64, PostgresError?).self) { group in
                // 13 divides by zero; 99 is refused by the decoder, after its commit.
                for id in Int64(0)..<120 {
                    group.addTask {
                        do {
                            return (try await lane.ask(id), nil)
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
            #expect(lane.statistics.refused == 1)
            #expect(
                await #expect(throws: PostgresError.self) { try await lane.ask(5) }?.isUniqueViolation == true
            )
        }
    }

    @Test func aBrokenConnectionLosesItsBatchOnly() async throws {
        try await withLane(maximumBatch: 1) { lane, pool in
            #expect(try await lane.ask(1) == 1)
            let next = try await pool.withConnection { connection in
                try await connection.transaction { connection in
                    try await connection.execute("LOCK TABLE t")
                    let stuck = Task { try await lane.ask(2) }
                    let blocked: SQL = "wait_event_type = 'Lock' AND datname = current_database()"
                    while try await pool.query("SELECT 1 FROM pg_stat_activity WHERE \(blocked)").isEmpty {
                        await Task.yield()
                    }
                    let next = Task { try await lane.ask(3) }
                    try await pool.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE \(blocked)")
                    let error = await #expect(throws: PostgresError.self) { _ = try await stuck.value }
                    #expect(error?.code == .lost)
                    return next
                }
            }
            #expect(try await next.value == 3)
            #expect(lane.statistics.lost == 1)
        }
    }

    @Test func aCallerCanLeaveBeforeItsTurn() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let lane = inserts(database.settings)  // not running: all wait
            let caller = Task { try await lane.ask(1) }
            caller.cancel()
            #expect(await #expect(throws: PostgresError.self) { try await caller.value }?.code == .cancelled)
            let waiting = Task { try await lane.ask(2) }
            lane.close()
            await lane.run()
            let error = await #expect(throws: PostgresError.self) { try await waiting.value }
            // Without the table the server refuses it; had it come after the close, the lane would.
            #expect(error?.sqlState == "42P01" || error?.code == .closed)
            #expect(await #expect(throws: PostgresError.self) { try await lane.ask(3) }?.code == .closed)
        }
    }

    @Test func aServerThatRefusesUsFailsTheCallers() async throws {
        var settings = try await TemporaryPostgres.shared.settings()
        settings.conninfo += " dbname=nowhere"
        let lane = inserts(settings)
        let service = Task { await lane.run() }
        let error = await #expect(throws: PostgresError.self) { try await lane.ask(1) }
        #expect(error?.code == .connection)
        #expect(error?.sqlState == "3D000")
        service.cancel()
        await service.value
    }

    @Test func aLaneEndsThoughTheServerIsAway() async throws {
        let lane = inserts(ConnectionSettings(conninfo: "host=/nowhere", connectTimeoutMilliseconds: 60_000))
        let service = Task { await lane.run() }
        let caller = Task { try await lane.ask(1) }
        service.cancel()
        await service.value
        #expect(await #expect(throws: PostgresError.self) { try await caller.value }?.code == .closed)
        let other = inserts(ConnectionSettings(conninfo: "host=/nowhere", connectTimeoutMilliseconds: 0))
        let second = Task { await other.run() }
        #expect(await #expect(throws: PostgresError.self) { try await other.ask(1) }?.code == .connection)
        other.close()
        await second.value
    }
}
