import DrillKit
import Glibc
import Postgres
import TestKit

/// The seed's database server, with fsync.
struct DrillPostgres: Sendable {
    private let server: TemporaryPostgres
    private let database: TemporaryDatabase

    init() async throws {
        server = TemporaryPostgres(durable: true)
        database = try await server.database()
    }

    /// How to reach the coordinator's database.
    var conninfo: String { database.settings.conninfo }
    /// The database's name.
    var databaseName: String { database.name }
    /// The server's folder, with its data and its log.
    var folder: String {
        let host = conninfo.split(separator: " ").first { $0.hasPrefix("host=") }
        return String((host ?? "").dropFirst("host=".count))
    }

    /// Starts it again after it was stopped.
    func start() async throws {
        guard !isRunning else { return }
        try await server.start()
    }

    /// Stops it in order.
    func stop() async throws { try await server.stop() }

    private var isRunning: Bool {
        let text = TextFile.read("\(folder)/data/postmaster.pid")
        return text.split(separator: "\n").first.flatMap { Int32($0) }.flatMap { HostProcess(pid: $0) } != nil
    }
}
