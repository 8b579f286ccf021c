public import Postgres

/// One test's own database.
public struct TemporaryDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// How to reach it.
    public let settings: ConnectionSettings
    /// The server that it is on.
    public let server: TemporaryPostgres

    /// A small pool on it.
    public func pool(size: Int = 2) -> Pool { Pool(settings: settings, size: size) }

    /// Removes it, whoever is connected.
    public func drop() async throws {
        try await server.administer("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }
}
