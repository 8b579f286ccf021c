import Postgres
import TestKit
import Testing

private enum Colour: String, PostgresEncodable, PostgresDecodable {
    case red, green
}

/// How statements are put together.
struct SQLTests {
    @Test func valuesBecomeParameters() {
        let id = 7
        let name: String? = nil
        let sql: SQL = "SELECT * FROM task WHERE id = \(id) AND name = \(name) AND kind = ANY(\(["a", "b"]))"
        #expect(sql.text == "SELECT * FROM task WHERE id = $1 AND name = $2 AND kind = ANY($3)")
        #expect(sql.parameterCount == 3)
    }

    @Test func aLiteralInAnInterpolationIsAValueToo() {
        let sql: SQL = "SELECT \("DROP TABLE task"), \(1), \(true)"
        #expect(sql.text == "SELECT $1, $2, $3")
    }

    @Test func fragmentsCompose() {
        let both: SQL = "a = \(1) AND b = \(2)"
        var sql: SQL = "SELECT \(0) FROM t WHERE (\(both)) AND c = \(3) \(unsafe: "ORDER BY d")"
        sql += " LIMIT \(4)"
        #expect(sql.text == "SELECT $1 FROM t WHERE (a = $2 AND b = $3) AND c = $4 ORDER BY d LIMIT $5")
        #expect((both + both).text == "a = $1 AND b = $2a = $3 AND b = $4")
    }

    @Test func identifiersAreQuoted() {
        let sql: SQL = "LISTEN \(identifier: "odd\"name")"
        #expect(sql.text == "LISTEN \"odd\"\"name\"")
    }

    @Test func logsSeeNeitherTextNorValues() {
        let sql: SQL = "SELECT \("secret")"
        #expect("\(sql)" == "SQL(1 parameters)")
    }

    @Test func noValueCanInject() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            try await pool.execute("CREATE TABLE t (name text)")
            let attacks = [
                "'; DROP TABLE t; --", "$1", "\\'; DROP TABLE t", "\u{0027} OR 1=1",
                "a\u{FF07}; DROP TABLE t",
                "${name}", "E'\\x27", "/*", "\u{1F4A9}'\u{0301}",
            ]
            for attack in attacks {
                try await pool.execute("INSERT INTO t VALUES (\(attack))")
                let found = try await pool.query("SELECT name FROM t WHERE name = \(attack)")
                #expect(try found.map { try $0.decode("name", as: String.self) } == [attack])
            }
            try await pool.execute("CREATE TABLE \(identifier: "x\"; DROP TABLE t; --") (i int)")
            #expect(
                try await pool.query("SELECT count(*) FROM t")[0].decode(0, as: Int.self) == attacks.count)
            let nul = await #expect(throws: PostgresError.self) { try await pool.query("SELECT \("a\0b")") }
            #expect(nul?.code == .server)
            let hidden = await #expect(throws: PostgresError.self) {
                try await pool.query(SQL(unsafe: "SELECT 1 \0; DROP TABLE t"))
            }
            #expect(hidden?.code == .misuse)
            await pool.close()
        }
    }

    @Test func enumsBindByTheirRawValue() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let row = try #require(
                try await pool.query(
                    "SELECT \(Colour.green) AS one, \([Colour.red, .green]) AS many, 'blue' AS odd"
                )
                .first)
            #expect(try row.decode("one", as: Colour.self) == .green)
            #expect(try row.decode("many", as: [Colour].self) == [.red, .green])
            let error = #expect(throws: PostgresError.self) { try row.decode("odd", as: Colour.self) }
            #expect(error?.message == "column odd (text) holds a value that Colour does not know")
            await pool.close()
        }
    }
}
