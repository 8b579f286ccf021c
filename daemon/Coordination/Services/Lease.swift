import Logging
public import ServiceLifecycle
import Store
import Synchronization

/// Keeps, or waits for, the right to propose: one coordinator at a time has it.
public final class Lease: Service, Sendable {
    private let store: LeaseStore
    private let holder: String
    private let seconds: Int64
    private let logger: Logger
    private let signals: Signals
    private let held = Mutex<Int64?>(nil)

    init(store: LeaseStore, settings: CoordinatorSettings, signals: Signals, logger: Logger) {
        self.store = store
        holder = settings.holder
        seconds = settings.leaseSeconds
        self.signals = signals
        self.logger = logger
    }

    /// The epoch under which this coordinator proposes, while it does. It may be over already: the database checks it
    /// again at every claim.
    public var epoch: Int64? { held.withLock { $0 } }

    /// Takes or renews the lease.
    public func tick() async throws {
        let epoch: Int64?
        do {
            epoch = try await store.acquire(holder: holder, seconds: seconds)
        } catch {
            held.withLock { $0 = nil }
            throw error
        }
        let before = held.withLock { held in
            defer { held = epoch }
            return held
        }
        guard before != epoch else { return }
        if let epoch {
            logger.info("this coordinator proposes, epoch \(epoch)")
            signals.placement.ring(0)
        } else {
            logger.info("another coordinator proposes")
        }
    }

    /// Renews in time; gives the lease up at the end.
    public func run() async throws {
        await Rounds(name: "lease", every: .milliseconds(seconds * 1000 / 3), logger: logger).run { [self] in
            try await tick()
        }
        held.withLock { $0 = nil }
        // In a task of its own: this one is cancelled, and nobody should have to wait for the lease to run out.
        let store = store
        let holder = holder
        await Task { try? await store.release(holder: holder) }.value
    }
}
