import Synchronization

/// How many agents' polls are open at the moment, for the metrics.
final class ParkedPolls: Sendable {
    private let open = Mutex(0)

    var count: Int { open.withLock { $0 } }

    /// Counts `work` as one while it runs.
    func counting<Value: Sendable>(_ work: () async throws -> Value) async rethrows -> Value {
        open.withLock { $0 += 1 }
        defer { open.withLock { $0 -= 1 } }
        return try await work()
    }
}
