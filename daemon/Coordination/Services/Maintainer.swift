import Logging
public import ServiceLifecycle
import Store

/// Keeps the queue's small, busy tables small: dead rows, not the length of the queue, are what makes claims slow.
/// Autovacuum looks once a minute at best and yields to everybody.
public struct Maintainer: Service {
    let maintenance: MaintenanceStore
    let lease: Lease
    let settings: CoordinatorSettings
    let logger: Logger

    /// One round.
    public func tick() async throws {
        guard lease.epoch != nil else { return }
        try await maintenance.vacuum()
        if let age = try await maintenance.oldestSnapshotSeconds(), age > 600 {
            logger.warning(
                "a session has held a snapshot for \(age) s: until it ends no dead row can be removed")
        }
    }

    /// Cleans at its pace.
    public func run() async throws {
        await Rounds(name: "maintainer", every: .seconds(settings.maintenanceSeconds), logger: logger).run {
            try await tick()
        }
    }
}
