import DrillKit
import Glibc

/// The database server's own programs, as an administrator uses them.
struct DatabaseTools {
    private let conninfo: String
    private let name: String
    private let folder: String

    init(_ seed: Seed) {
        conninfo = seed.postgres.conninfo
        name = seed.postgres.databaseName
        folder = seed.folder
    }

    /// One statement in the coordinator's database; what it answers, values alone.
    func query(_ statement: String) async throws -> CommandResult {
        try await run(
            "psql", ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo, "-c", statement])
    }

    /// Writes a dump of the coordinator's database.
    func dump(to file: String) async throws {
        _ = try await run("pg_dump", ["-Fc", "-d", conninfo, "-f", file]).exiting()
    }

    /// Puts the dump in the place of the database, whoever is connected.
    func restore(from file: String) async throws {
        for statement in [
            "DROP DATABASE IF EXISTS \(name) WITH (FORCE)", "CREATE DATABASE \(name) TEMPLATE template0",
        ] {
            _ = try await run(
                "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", administration, "-c", statement]
            )
            .exiting()
        }
        _ = try await run("pg_restore", ["--exit-on-error", "-d", conninfo, file]).exiting()
    }

    /// How much of the book there is, in words and figures.
    func measure() async throws -> String {
        try await query(
            """
            SELECT (SELECT count(*) FROM submission) || ' submissions, ' || (SELECT count(*) FROM task) || ' tasks, '
                || (SELECT count(*) FROM attempt) || ' attempts, ' || (SELECT count(*) FROM ledger_entry) || ' entries'
            """
        ).exiting().output.split(separator: "\n").first.map(String.init) ?? ""
    }

    private var administration: String {
        conninfo.split(separator: " ").filter { !$0.hasPrefix("dbname=") }.joined(separator: " ")
            + " dbname=postgres"
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> CommandResult {
        let base = "\(folder)/logs/\(program)-\(UInt32.random(in: 0...(.max)))"
        defer {
            unlink(base)
            unlink("\(base).errors")
        }
        let child = try ChildProcess(
            try Self.path(program), arguments, output: base, errors: "\(base).errors")
        let exit = try await child.end(seconds: 60)
        return CommandResult(
            command: program, exit: exit, output: TextFile.read(base), errors: TextFile.read("\(base).errors")
        )
    }

    /// The programs of the newest server that is installed, which is the one that runs.
    private static func path(_ program: String) throws -> String {
        let versions = TextFile.names(in: "/usr/lib/postgresql").sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
        let places = versions.map { "/usr/lib/postgresql/\($0)/bin/\(program)" } + ["/usr/bin/\(program)"]
        guard let found = places.first(where: { access($0, X_OK) == 0 }) else {
            throw DrillFault("\(program) is not installed")
        }
        return found
    }
}
