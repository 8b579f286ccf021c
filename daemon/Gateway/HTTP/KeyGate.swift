/// Lets requests with the same key through one after the other, so that the second finds the first one's answer. It
/// holds within this process; between two coordinators the book's own constraints decide.
actor KeyGate {
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Runs `work` while no other runs under that key.
    func alone<Value: Sendable>(_ key: String, _ work: @Sendable () async throws -> Value) async rethrows
        -> Value
    {
        await enter(key)
        defer { leave(key) }
        return try await work()
    }

    private func enter(_ key: String) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key, default: []].append($0) }
    }

    private func leave(_ key: String) {
        guard var queue = waiting[key], !queue.isEmpty else {
            waiting[key] = nil
            return
        }
        let next = queue.removeFirst()
        waiting[key] = queue
        next.resume()
    }
}
