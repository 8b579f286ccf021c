public import Federation
import Logging
public import ServiceLifecycle
import Store

/// Finds tasks whose parents have all ended and that nobody told: what a crash between two commits leaves.
public struct DependencySweeper: Service {
    let dependencies: DependencyStore
    let signals: Signals
    let lease: Lease
    let settings: CoordinatorSettings
    let logger: Logger

    /// One round.
    public func tick(now: Instant) async throws {
        guard lease.epoch != nil else { return }
        if try await dependencies.sweep(now: now) { signals.placeable() }
    }

    /// Looks at a tenth of the sweeper's pace: the ordinary way is a look right after each commit.
    public func run() async throws {
        let every = Duration.milliseconds(settings.sweepMilliseconds * 10)
        await Rounds(name: "dependencies", every: every, logger: logger).run {
            try await tick(now: settings.now())
        }
    }
}
