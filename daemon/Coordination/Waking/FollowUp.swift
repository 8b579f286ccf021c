import Federation
import Logging
import Store

/// What is done behind a commit: dependents of tasks that ended are looked at, the placer is woken.
struct FollowUp: Sendable {
    let dependencies: DependencyStore
    let signals: Signals
    let logger: Logger

    /// Follows up what a change of the book brought about.
    func after<Value>(_ changed: Changed<Value>, now: Instant) async throws {
        for alarm in changed.alarms { logger.warning("\(alarm.name): \(alarm.text)") }
        var hasReady = changed.hasReady
        if !changed.ended.isEmpty {
            let released = try await dependencies.follow(changed.ended, now: now)
            hasReady = hasReady || released
        }
        if hasReady { signals.placeable() }
    }
}
