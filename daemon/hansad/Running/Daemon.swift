import Coordination
import Federation
import Gateway
import Logging
import Postgres
import Seal
import Store

/// The daemon's parts, put together from the settings; the one place where they meet.
struct Daemon {
    let settings: Settings
    let pool: Pool
    let connection: ConnectionSettings
    let logger: Logger

    init(settings: Settings) {
        self.settings = settings
        connection = ConnectionSettings(conninfo: settings.database, applicationName: "hansad")
        pool = Pool(settings: connection, size: settings.connections)
        logger = LineLog.logger(form: settings.logForm, level: settings.logLevel)
    }

    /// The seal's key; `making` it where it is missing is `init`'s alone, because another key breaks the chain.
    func seal(making: Bool) throws -> Ed25519Key {
        let path = "\(settings.state)/seal.key"
        do {
            if !StateFolder.exists(path), making { try Ed25519Key.generate().write(path: path) }
            return try Ed25519Key.read(path: path)
        } catch {
            throw StartFault(
                .cannotCreate, "the seal's key \(path): \(error)" + (making ? "" : " (hansad init makes it)"))
        }
    }

    /// The use cases on this database.
    func coordinator(seal: Ed25519Key, listener: Listener) async throws -> Coordinator {
        try await Coordinator(
            pool: pool, listener: listener,
            settings: settings.coordinator(holder: RandomText.make(length: 16)),
            seal: seal, logger: logger)
    }

    /// Runs `body` and closes the pool however it ends.
    func closing<Value: Sendable>(_ body: (Daemon) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw StartFault(error)
        }
    }
}
