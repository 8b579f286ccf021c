import FoundationEssentials

/// Looks again and again until something has come about, up to a deadline.
package enum Patience {
    /// Answers what `look` found. Throws a `DrillFault` with `what` when it found nothing in time.
    package static func until<Value>(
        _ what: String, seconds: Double = 40, every pause: Duration = .milliseconds(60),
        _ look: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if let value = try await look() { return value }
            guard ContinuousClock.now < deadline else {
                throw DrillFault("not within \(seconds) s: \(what)")
            }
            try await Task.sleep(for: pause)
        }
    }

    /// Waits until the condition holds.
    package static func until(
        _ what: String, seconds: Double = 40, every pause: Duration = .milliseconds(60),
        holds: () async throws -> Bool
    ) async throws {
        let _: Bool = try await until(what, seconds: seconds, every: pause) { try await holds() ? true : nil }
    }
}
