public import Federation
import Logging
public import ServiceLifecycle
import Store

/// What only time brings about: offers expire, silent sites' tasks are queued again where they ask for it, budgets
/// whose period is over expire, old codes go.
public struct Sweeper: Service {
    let sweeps: SweepStore
    let budgets: BudgetStore
    let tokens: TokenStore
    let artifacts: ArtifactStore
    let followUp: FollowUp
    let signals: Signals
    let lease: Lease
    let settings: CoordinatorSettings
    let logger: Logger

    /// One round. Only the coordinator that proposes sweeps.
    public func tick(now: Instant) async throws {
        if signals.takeDepotChange() { _ = try await artifacts.notePlaces(now: now) }
        guard lease.epoch != nil else { return }
        let swept = try await sweeps.sweep(now: now)
        try await followUp.after(swept, now: now)
        for budget in try await budgets.expireEnded(now: now) {
            logger.info("\(budget): its allocation's period is over, what was left has expired")
        }
        try await tokens.prune(now: now)
    }

    /// Sweeps at its pace.
    public func run() async throws {
        await Rounds(name: "sweeper", every: .milliseconds(settings.sweepMilliseconds), logger: logger).run {
            try await tick(now: settings.now())
        }
    }
}
