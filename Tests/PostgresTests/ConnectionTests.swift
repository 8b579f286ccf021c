import Postgres
import TestKit
import Testing

/// Statements, pipelines, transactions, and how they fail.
struct ConnectionTests {
    private func withPool<T: Sendable>(_ body: @Sendable (Pool) async throws -> T) async throws -> T {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            try await pool.execute(
                "CREATE TABLE t (id bigint CONSTRAINT t_key PRIMARY KEY, word text NOT NULL)")
            let value = try await body(pool)
            await pool.close()
            return value
        }
    }

    private func count(_ pool: Pool) async throws -> Int {
        try await pool.query("SELECT count(*) FROM t")[0].decode(0)
    }

    @Test func aPipelineIsAllOrNothing() async throws {
        try await withPool { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    try await connection.pipeline([
                        "INSERT INTO t VALUES (1, \("one"))", "INSERT INTO t VALUES (1, \("secret"))",
                        "INSERT INTO t VALUES (2, \("two"))",
                    ])
                }
            }
            #expect(error?.code == .server)
            #expect(error?.isUniqueViolation == true)
            #expect(error?.constraint == "t_key")
            #expect(error?.table == "t")
            #expect(error?.statement == 1)
            let rows = try await count(pool)
            #expect(rows == 0)
        }
    }

    @Test func aFailedPipelineLeavesTheConnectionGood() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                for _ in 0..<3 {
                    await #expect(throws: PostgresError.self) {
                        _ = try await connection.pipeline(["SELECT 1", "SELECT nothing", "SELECT \(3)"])
                    }
                    let rows = try await connection.pipeline(["SELECT \(1)", "SELECT \(2)", "SELECT \(3)"])
                    #expect(try rows.map { try $0[0].decode(0, as: Int.self) } == [1, 2, 3])
                }
                #expect(try await connection.pipeline([]).isEmpty)
            }
        }
    }

    @Test func whatTravelsWithTheCommitGoesThroughWithItOrNothingDoes() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                try await connection.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1, 'one')")
                    connection.atCommit(["INSERT INTO t VALUES (2, \("two"))"])
                }
                #expect(try await connection.query("SELECT FROM t").count == 2)
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.transaction { connection in
                        try await connection.execute("INSERT INTO t VALUES (3, 'three')")
                        connection.atCommit(["INSERT INTO t VALUES (1, 'again')"])
                    }
                }
                #expect(error?.code == .server)
                #expect(error?.constraint == "t_key")
                // Nor is anything left for the next one.
                try await connection.transaction { _ = try await $0.query("SELECT 1") }
                #expect(try await connection.query("SELECT FROM t").count == 2)
                try await connection.transaction { $0.atCommit(["INSERT INTO t VALUES (4, 'alone')"]) }
                #expect(try await connection.query("SELECT FROM t").count == 3)
            }
        }
    }

    @Test func aTransactionInOneRoundTripIsAllOrNothing() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                let rows = try await connection.commit([
                    "INSERT INTO t VALUES (1, 'one') RETURNING id", "SHOW synchronous_commit",
                ])
                #expect(try rows[0][0].decode(0, as: Int.self) == 1)
                // It is on disk when the call returns, although its own commit did not wait for that.
                #expect(try rows[1][0].decode(0, as: String.self) == "off")
                let after = try await connection.query("SHOW synchronous_commit")
                #expect(try after[0].decode(0, as: String.self) == "on")
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.commit([
                        "INSERT INTO t VALUES (2, 'two')", "INSERT INTO t VALUES (1, 'again')",
                    ])
                }
                #expect(error?.code == .server)
                #expect(error?.statement == 1)
                #expect(try await connection.query("SELECT FROM t").count == 1)
                let misuse = await #expect(throws: PostgresError.self) {
                    try await connection.transaction { try await $0.commit(["SELECT 1"]) }
                }
                #expect(misuse?.code == .misuse)
            }
        }
    }

    @Test func affectedRowsAreCounted() async throws {
        try await withPool { pool in
            try await pool.execute("TRUNCATE t")
            #expect(
                try await pool.execute("INSERT INTO t SELECT g, 'x' FROM generate_series(1, \(5)) g") == 5)
            #expect(try await pool.execute("UPDATE t SET word = 'y' WHERE id > \(3)") == 2)
            #expect(try await pool.execute("CREATE TABLE u ()") == 0)
        }
    }

    @Test func aScriptRunsManyStatements() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                try await connection.script("CREATE TABLE u (i int); INSERT INTO u VALUES (1); -- end\n")
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.script(
                        "INSERT INTO u VALUES (2); SELECT 1/0; INSERT INTO u VALUES (3)")
                }
                #expect(error?.sqlState == "22012")
                #expect(try await connection.query("SELECT count(*) FROM u")[0].decode(0, as: Int.self) == 1)
                await #expect(throws: PostgresError.self) {
                    try await connection.transaction { connection in
                        try await connection.script("INSERT INTO u VALUES (4)")
                        #expect(try await connection.query("SELECT i FROM u").count == 2)
                        throw PostgresError(.misuse, "back")
                    }
                }
                #expect(try await connection.query("SELECT i FROM u").count == 1)
            }
        }
    }

    @Test func aTransactionCommitsOrRollsBack() async throws {
        struct Stop: Error {}
        try await withPool { pool in
            let level = try await pool.transaction(.serializable) { connection in
                try await connection.execute("INSERT INTO t VALUES (1, 'one')")
                return try await connection.query("SHOW transaction_isolation")[0].decode(0, as: String.self)
            }
            #expect(level == "serializable")
            #expect(try await count(pool) == 1)
            await #expect(throws: Stop.self) {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (2, 'two')")
                    throw Stop()
                }
            }
            let refused = await #expect(throws: PostgresError.self) {
                try await pool.transaction(.readOnlySnapshot) { connection in
                    try await connection.execute("INSERT INTO t VALUES (3, 'three')")
                }
            }
            #expect(refused?.sqlState == "25006")
            #expect(refused?.statement == 0)
            #expect(try await count(pool) == 1)
            #expect(try await pool.transaction { _ in 5 } == 5)
        }
    }

    @Test func aNestedTransactionIsASavepoint() async throws {
        struct Stop: Error {}
        try await withPool { pool in
            try await pool.transaction { connection in
                _ = try await connection.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1, 'one')")
                }
                do {
                    _ = try await connection.transaction { connection in
                        try await connection.execute("INSERT INTO t VALUES (2, 'two')")
                        try await connection.execute("INSERT INTO t VALUES (1, 'again')")
                    }
                } catch let error as PostgresError {
                    #expect(error.isUniqueViolation)
                }
                try await connection.execute("INSERT INTO t VALUES (3, 'three')")
            }
            let ids = try await pool.query("SELECT id FROM t ORDER BY 1").map {
                try $0.decode(0, as: Int.self)
            }
            #expect(ids == [1, 3])
        }
    }

    @Test func aSwallowedFailureCannotLookLikeACommit() async throws {
        try await withPool { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1, 'one')")
                    _ = try? await connection.query("SELECT 1/0")
                }
            }
            #expect(error?.sqlState == "25P02")
            let rows = try await count(pool)
            #expect(rows == 0)
        }
    }

    @Test func aDeferredConstraintFailsTheCommit() async throws {
        try await withPool { pool in
            try await pool.execute(
                "CREATE TABLE child (t bigint CONSTRAINT child_t REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
            let error = await #expect(throws: PostgresError.self) {
                try await pool.transaction { connection in
                    let touched = try await connection.execute("INSERT INTO child VALUES (7)")
                    #expect(touched == 1)
                }
            }
            #expect(error?.isForeignKeyViolation == true)
            #expect(error?.constraint == "child_t")
            // Without BEGIN the failure comes with the pipeline's Sync, after all results.
            let late = await #expect(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    try await connection.pipeline(["INSERT INTO child VALUES (8)", "SELECT 1"])
                }
            }
            #expect(late?.isForeignKeyViolation == true)
            #expect(try await pool.query("SELECT * FROM child").isEmpty)
        }
    }

    @Test func aChangedTableOnlySpoilsAPreparedStatementOnce() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                try await connection.execute("INSERT INTO t VALUES (1, 'one')")
                #expect(try await connection.query("SELECT * FROM t")[0].columns == ["id", "word"])
                try await connection.execute("ALTER TABLE t ADD COLUMN extra int")
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await connection.query("SELECT * FROM t")
                }
                #expect(error?.sqlState == "0A000")
                #expect(try await connection.query("SELECT * FROM t")[0].columns == ["id", "word", "extra"])
            }
        }
    }

    @Test func preparedStatementsAreBounded() async throws {
        try await withPool { pool in
            try await pool.withConnection { connection in
                for number in 0..<400 {
                    let sql: SQL = "SELECT \(unsafe: "\(number)")::int"
                    #expect(try await connection.query(sql)[0].decode(0, as: Int.self) == number)
                }
                let held = try await connection.query("SELECT count(*) FROM pg_prepared_statements")
                #expect(try held[0].decode(0, as: Int.self) <= 301)
                let level = try await connection.transaction(.serializable) { connection in
                    try await connection.query("SHOW transaction_isolation")[0].decode(0, as: String.self)
                }
                #expect(level == "serializable")
            }
        }
    }

    @Test func theServerStopsASlowStatement() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            var settings = database.settings
            settings.statementTimeoutMilliseconds = 50
            settings.parameters = ["work_mem": "5MB", "search_path": "\"a b\", public"]
            let pool = Pool(settings: settings, size: 1)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT pg_sleep(20)")
            }
            #expect(error?.code == .timeout)
            let set = try await pool.query(
                "SELECT current_setting('work_mem') AS memory, current_setting('search_path') AS path")
            #expect(try set[0].decode("memory") == "5MB")
            #expect(try set[0].decode("path") == "\"a b\", public")
            await pool.close()
        }
    }

    @Test func aConnectionEndsWithItsLease() async throws {
        try await withPool { pool in
            nonisolated(unsafe) var escaped: Connection?
            try await pool.withConnection { connection in escaped = connection }
            let connection = try #require(escaped)
            let error = await #expect(throws: PostgresError.self) {
                _ = try await connection.query("SELECT 1")
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test func logsSeeNoValues() async throws {
        try await withPool { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT \("hush-hush")::bigint")
            }
            #expect(error.map { "\($0)" } == "PostgresError(server, SQLSTATE 22P02, statement 0)")
            #expect(error?.debugDescription.contains("hush-hush") == true)
            try await pool.execute("INSERT INTO t VALUES (1, 'one')")
            let twice = await #expect(throws: PostgresError.self) {
                try await pool.execute("INSERT INTO t VALUES (\(1), \("hush-hush"))")
            }
            let text = twice.map { "\($0)" } ?? ""
            #expect(text.hasSuffix("violates unique constraint \"t_key\""))
            #expect(!text.contains("hush-hush"))
        }
    }
}
