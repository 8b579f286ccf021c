public import Postgres

/// A real Postgres for tests, in a temporary folder behind a Unix socket; started when first needed, stopped and
/// removed when this process ends, even when it is killed.
public actor TemporaryPostgres {
    /// One server for the whole test process, without fsync.
    public static let shared = TemporaryPostgres()

    private let durable: Bool
    private var server: Task<PostgresSupervisor, any Error>?
    private var templates: [String: Task<Void, any Error>] = [:]
    private var databases = 0

    /// A server of its own; `durable` leaves fsync on, for tests that crash it.
    public init(durable: Bool = false) { self.durable = durable }

    /// How to reach a database of this server.
    public func settings(database: String = "postgres") async throws -> ConnectionSettings {
        let folder = try await running().folder
        return ConnectionSettings(conninfo: "host=\(folder) user=postgres dbname=\(database)")
    }

    /// A new database for one test.
    ///
    /// `prepare` fills the template of this name (migrations, say): once a process, before its first use. It
    /// must have closed its connections when it returns.
    public func database(
        template: String = "empty",
        prepare: @escaping @Sendable (ConnectionSettings) async throws -> Void = { _ in }
    ) async throws -> TemporaryDatabase {
        let source = "template_\(template)"
        let filled =
            templates[template]
            ?? Task {
                try await self.administer("CREATE DATABASE \(identifier: source)")
                try await prepare(try await self.settings(database: source))
            }
        templates[template] = filled
        try await filled.value
        databases += 1
        let name = "test_\(databases)"
        try await administer("CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: source)")
        return TemporaryDatabase(name: name, settings: try await settings(database: name), server: self)
    }

    /// A new database for the time of `body`.
    public func withDatabase<T: Sendable>(
        template: String = "empty",
        prepare: @escaping @Sendable (ConnectionSettings) async throws -> Void = { _ in },
        _ body: @Sendable (TemporaryDatabase) async throws -> T
    ) async throws -> T {
        let database = try await database(template: template, prepare: prepare)
        do {
            let value = try await body(database)
            try? await database.drop()
            return value
        } catch {
            try? await database.drop()
            throw error
        }
    }

    /// Runs a statement as the server's owner.
    public func administer(_ sql: SQL) async throws {
        let pool = Pool(settings: try await settings(), size: 1)
        do {
            try await pool.execute(sql)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    /// Stops the server in order; connections end with 57P01.
    public func stop() async throws { try await running().run("stop") }

    /// Kills the server as a power cut would, without a word to anybody.
    public func crash() async throws { try await running().run("crash") }

    /// Starts it again after `stop` or `crash`.
    public func start() async throws { try await running().run("start") }

    private func running() async throws -> PostgresSupervisor {
        let durable = durable
        let task =
            server
            ?? Task {
                let supervisor = try PostgresSupervisor(durable: durable)
                try await supervisor.run("create")
                try await supervisor.run("start")
                return supervisor
            }
        server = task
        return try await task.value
    }
}
