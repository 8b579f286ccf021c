public import Federation
import Logging
public import ServiceLifecycle
import Store

/// Proves the whole book again and again, and alarms what does not add up.
public struct LedgerAuditor: Service {
    let proof: LedgerProof
    let alarms: AlarmStore
    let lease: Lease
    let settings: CoordinatorSettings
    let logger: Logger

    /// One proof; every fault is alarmed.
    @discardableResult
    public func tick(now: Instant) async throws -> LedgerCheckView? {
        guard lease.epoch != nil else { return nil }
        let view = try await proof.check()
        for fault in view.faults {
            logger.critical("the book does not balance: \(fault)")
            try await alarms.raise(name: "bookUnbalanced", words: fault, now: now)
        }
        return view
    }

    /// Proves at its pace.
    public func run() async throws {
        await Rounds(name: "auditor", every: .seconds(settings.auditSeconds), logger: logger).run {
            try await tick(now: settings.now())
        }
    }
}
