public import Postgres

/// Brings a database's schema up to date, one numbered step a transaction, under a lock that two coordinators
/// starting at once respect. Refuses what it does not understand instead of guessing.
public struct Migrator: Sendable {
    /// Any number that nothing else in the database uses as an advisory lock.
    private static let lock: Int64 = 0x68_61_6E_73_61_01

    private let pool: Pool
    private let steps: [Migration]

    /// A migrator for that database; other steps than the program's own are for tests.
    public init(pool: Pool, steps: [Migration] = Migration.all) {
        self.pool = pool
        self.steps = steps
    }

    /// Applies what is missing; answers the numbers of the steps that it applied.
    /// Throws `MigrationFault` for a database that it must not touch.
    @discardableResult
    public func migrate() async throws -> [Int] {
        for (index, step) in steps.enumerated() where step.number != index + 1 {
            throw MigrationFault.misnumbered(step.number)
        }
        return try await pool.withConnection { connection in
            _ = try await connection.query("SELECT pg_advisory_lock(\(Self.lock))")
            do {
                let applied = try await applyMissing(connection)
                _ = try await connection.query("SELECT pg_advisory_unlock(\(Self.lock))")
                return applied
            } catch {
                _ = try? await connection.query("SELECT pg_advisory_unlock(\(Self.lock))")
                throw error
            }
        }
    }

    /// Throws `MigrationFault` unless the database has exactly this program's schema; changes nothing.
    public func check() async throws {
        try await pool.withConnection { connection in
            let count = try await verified(connection)
            guard count == steps.count else {
                throw MigrationFault.behind(database: count, program: steps.count)
            }
        }
    }

    private func applyMissing(_ connection: Connection) async throws -> [Int] {
        _ = try await connection.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())
            """)
        let count = try await verified(connection)
        for step in steps.dropFirst(count) {
            try await connection.transaction { connection in
                try await connection.script(step.text)
                try await connection.execute(
                    """
                    INSERT INTO schema_migration (number, name, sha256)
                    VALUES (\(step.number)::int, \(step.name), encode(sha256(convert_to(\(step.text), 'UTF8')), 'hex'))
                    """)
            }
        }
        return steps.dropFirst(count).map(\.number)
    }

    /// How many of the steps the database has, after comparing each one's text.
    private func verified(_ connection: Connection) async throws -> Int {
        let exists = try await connection.query(
            "SELECT to_regclass('schema_migration') IS NOT NULL AS there")
        guard try exists.first?.decode("there", as: Bool.self) == true else { return 0 }
        let rows = try await connection.query("SELECT number, sha256 FROM schema_migration ORDER BY number")
        for (index, row) in rows.enumerated() {
            let number = Int(try row.decode("number", as: Int32.self))
            guard number == index + 1 else { throw MigrationFault.gap(expected: index + 1, found: number) }
            guard index < steps.count else { continue }
            let own = try await connection.query(
                "SELECT encode(sha256(convert_to(\(steps[index].text), 'UTF8')), 'hex') AS sha256")
            guard try own.first?.decode("sha256", as: String.self) == row.decode("sha256", as: String.self)
            else {
                throw MigrationFault.changed(number: number, name: steps[index].name)
            }
        }
        guard rows.count <= steps.count else {
            throw MigrationFault.newerDatabase(database: rows.count, program: steps.count)
        }
        return rows.count
    }
}
