import FoundationEssentials
import Postgres
import TestKit
import Testing

/// Every type there and back.
struct ValueTests {
    private func roundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [T], _ type: String, _ pool: Pool
    ) async throws {
        for value in values {
            let row = try #require(
                try await pool.query("SELECT \(value) AS v, pg_typeof(\(value))::text AS t").first)
            #expect(try row.decode("v", as: T.self) == value)
            #expect(try row.decode("t") == type)
        }
        let missing = try #require(try await pool.query("SELECT \(T?.none) AS v").first)
        #expect(try missing.decode("v", as: T?.self) == nil)
    }

    private func roundTripWithArrays<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [T], _ type: String, _ pool: Pool
    ) async throws {
        try await roundTrip(values, type, pool)
        try await roundTrip([values, [], Array(values.prefix(1))], type + "[]", pool)
        try await roundTrip([values.map(Optional.some) + [nil], [nil]], type + "[]", pool)
    }

    @Test func everyTypeSurvivesARoundTrip() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            try await roundTripWithArrays([Int16.min, -1, 0, Int16.max], "smallint", pool)
            try await roundTripWithArrays([Int32.min, -1, 0, Int32.max], "integer", pool)
            try await roundTripWithArrays([Int64.min, -1, 0, Int64.max], "bigint", pool)
            try await roundTripWithArrays([Int.min, 7], "bigint", pool)
            try await roundTripWithArrays(
                [0, -0.5, .infinity, .greatestFiniteMagnitude], "double precision", pool)
            try await roundTripWithArrays([Float(1.5), -.infinity], "real", pool)
            try await roundTripWithArrays([true, false], "boolean", pool)
            try await roundTripWithArrays(["", "Žluťoučký kůň", "a'b\"c\\d,{}\n", "NULL"], "text", pool)
            try await roundTripWithArrays([[UInt8](), [0, 255, 39, 92]], "bytea", pool)
            try await roundTripWithArrays([UUID(), UUID()], "uuid", pool)
            let instants = [0, 1, -1, 1_790_000_000_123_456, .min, .max].map(Timestamp.init(microseconds:))
            try await roundTripWithArrays(instants, "timestamp with time zone", pool)
            try await roundTripWithArrays([JSONText("[]"), JSONText("{\"a\": \"b\"}")], "jsonb", pool)
            await pool.close()
        }
    }

    @Test func valuesMeanWhatTheServerMeans() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'busy')")
            let row = try #require(
                try await pool.query(
                    """
                    SELECT timestamptz '2026-11-24 12:00:00.25+01' AS at, 'busy'::mood AS mood,
                      sum(x)::numeric AS total, avg(x) + 0.5 AS mean, array_agg(x ORDER BY x) AS list,
                      uuid '00112233-4455-6677-8899-AABBCCDDEEFF' AS id, -123456789012345.5::numeric AS big,
                      'busy'::name AS name, 7::oid AS oid, '{busy,NULL}'::mood[] AS moods
                    FROM unnest(\([Int64(1), 2, 9_000_000_000_000_000_000])) x
                    """
                ).first)
            #expect(try row.decode("at", as: Int64.self) == 1_795_518_000_250_000)
            #expect(try row.decode("at", as: Timestamp.self).microseconds == 1_795_518_000_250_000)
            #expect(try row.decode("mood") == "busy")
            #expect(try row.decode("total", as: Int64.self) == 9_000_000_000_000_000_003)
            #expect(try row.decode("mean", as: Double.self) == 3e18)
            #expect(try row.decode("list", as: [Int64].self) == [1, 2, 9_000_000_000_000_000_000])
            #expect(try row.decode("id") == "00112233-4455-6677-8899-aabbccddeeff")
            #expect(try row.decode("big", as: Double.self) == -123_456_789_012_345.5)
            #expect(try row.decode("name") == "busy")
            #expect(try row.decode("oid", as: Int.self) == 7)
            #expect(try row.decode("moods", as: [String?].self) == ["busy", nil])
            #expect(try row.decode(1, as: String.self) == "busy")
            let sent = try await pool.query(
                "SELECT \(timestamp: 1_795_518_000_250_000) = timestamptz '2026-11-24 12:00:00.25+01' AS same, "
                    + "\(json: "{\"a\": [1]}") -> 'a' ->> 0 AS item, \("busy")::mood = 'busy' AS mood")
            #expect(try sent[0].decode("same"))
            #expect(try sent[0].decode("item") == "1")
            #expect(try sent[0].decode("mood"))
            await pool.close()
        }
    }

    @Test func misfitsNameTheColumnAndNoValue() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let row = try #require(
                try await pool.query(
                    """
                    SELECT 70000 AS n, NULL::bigint AS missing, 'secret' AS word, 1.5::numeric AS half,
                      'NaN'::numeric AS nan, '{{1,2},{3,4}}'::int[] AS grid, now() - now() AS span
                    """
                ).first)
            func problem<T: PostgresDecodable>(_ column: String, _ type: T.Type) -> PostgresError? {
                #expect(throws: PostgresError.self) { try row.decode(column, as: type) }
            }
            #expect(
                problem("n", Int16.self)?.message == "column n (integer) holds a value too large for Int16")
            #expect(problem("missing", Int64.self)?.message.contains("is NULL") == true)
            #expect(problem("word", Int64.self)?.message == "column word (text) is not Int64")
            #expect(problem("half", Int64.self)?.message.contains("fraction") == true)
            #expect(problem("nan", Int64.self)?.message.contains("not a finite number") == true)
            #expect(problem("grid", [Int32].self)?.message.contains("2 dimensions") == true)
            #expect(problem("span", String.self)?.message == "column span (interval) is not String")
            #expect(
                problem("other", String.self)?.message.contains("no column other; it has n, missing") == true)
            for column in row.columns {
                #expect(problem(column, UUID.self)?.code == .decoding)
                #expect(problem(column, UUID.self)?.debugDescription.contains("secret") == false)
            }
            await pool.close()
        }
    }

    @Test func bigValuesPassBothWays() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let bytes = (0..<16 << 20).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 16) }
            let rows = try await pool.withConnection { connection in
                try await connection.pipeline([
                    "SELECT \(bytes) AS v", "SELECT length(\(bytes)) AS n", "SELECT \(bytes) AS v",
                ])
            }
            #expect(try rows[0][0].decode("v", as: [UInt8].self) == bytes)
            #expect(try rows[1][0].decode("n", as: Int.self) == bytes.count)
            #expect(try rows[2][0].decode("v", as: [UInt8].self) == bytes)
            await pool.close()
        }
    }
}
