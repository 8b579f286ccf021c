import Postgres
import Store
import TestKit
import Testing

@Suite struct MigrationTests {
    @Test func stepsAreNumberedInARowAndEachFileIsNamed() throws {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        for step in Migration.all {
            #expect(step.text.utf8.count < 20_000, "\(step.name) slows the compiler down")
        }
    }

    @Test func appliesOnceAndChecks() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let migrator = Migrator(pool: pool)
            await #expect(throws: MigrationFault.behind(database: 0, program: Migration.all.count)) {
                try await migrator.check()
            }
            #expect(try await migrator.migrate() == Migration.all.map(\.number))
            #expect(try await migrator.migrate() == [])
            try await migrator.check()
            await pool.close()
        }
    }

    @Test func twoAtOnceApplyEachStepOnce() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool(size: 4)
            async let first = Migrator(pool: pool).migrate()
            async let second = Migrator(pool: pool).migrate()
            let applied = try await first + second
            #expect(applied.sorted() == Migration.all.map(\.number))
            await pool.close()
        }
    }

    @Test func refusesAStepThatHasChanged() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let steps = [
                Migration(number: 1, name: "a", text: "CREATE TABLE a ()"),
                Migration(number: 2, name: "b", text: "CREATE TABLE b ()"),
            ]
            try await Migrator(pool: pool, steps: steps).migrate()
            var changed = steps
            changed[0].text += " -- changed"
            await #expect(throws: MigrationFault.changed(number: 1, name: "a")) {
                try await Migrator(pool: pool, steps: changed).migrate()
            }
            await pool.close()
        }
    }

    @Test func refusesANewerDatabaseAndAGap() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let steps = (1...3).map { Migration(number: $0, name: "s\($0)", text: "CREATE TABLE t\($0) ()") }
            try await Migrator(pool: pool, steps: steps).migrate()
            await #expect(throws: MigrationFault.newerDatabase(database: 3, program: 2)) {
                try await Migrator(pool: pool, steps: Array(steps.prefix(2))).migrate()
            }
            try await pool.execute("DELETE FROM schema_migration WHERE number = 2")
            await #expect(throws: MigrationFault.gap(expected: 2, found: 3)) {
                try await Migrator(pool: pool, steps: steps).migrate()
            }
            await pool.close()
        }
    }

    @Test func aFailingStepLeavesNothingBehind() async throws {
        try await TemporaryPostgres.shared.withDatabase { database in
            let pool = database.pool()
            let steps = [Migration(number: 1, name: "bad", text: "CREATE TABLE half (); SELECT 1 / 0")]
            await #expect(throws: PostgresError.self) {
                try await Migrator(pool: pool, steps: steps).migrate()
            }
            let rows = try await pool.query("SELECT to_regclass('half') IS NULL AS gone")
            #expect(try rows[0].decode("gone", as: Bool.self))
            await pool.close()
        }
    }

    @Test func theBusyTablesCanBeVacuumed() async throws {
        try await SampleBook.use { sample in
            let maintenance = MaintenanceStore(pool: sample.pool)
            try await maintenance.vacuum()
            #expect(try await (maintenance.oldestSnapshotSeconds() ?? 0) < 600)
        }
    }
}
