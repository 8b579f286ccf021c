import Postgres
import ServiceLifecycle

/// The pool's housekeeping; ends after everything that uses it has.
struct PoolService: Service {
    let pool: Pool

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await pool.run() }
    }
}

/// The connection that turns NOTIFY into wake-ups.
struct ListenerService: Service {
    let listener: Listener

    func run() async throws {
        await cancelWhenGracefulShutdown { await listener.run() }
    }
}
