import DrillKit

extension Patience {
    /// Looks again and again until something has come about; nil where it does not in time, or cannot be looked at.
    ///
    /// (`try? await until` would do the same, but for the compiler, which may then take the first nil that was found for
    /// what was looked for.)
    static func found<Value>(
        _ what: String, seconds: Double, every pause: Duration = .milliseconds(60),
        _ look: () async throws -> Value?
    ) async -> Value? {
        do {
            let value: Value = try await until(what, seconds: seconds, every: pause, look)
            return value
        } catch {
            return nil
        }
    }
}
