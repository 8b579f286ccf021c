import ServiceLifecycle

extension Call {
    /// Runs `work` as long as the client is there and the process is not asked to end.
    func whilePresent<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        guard let peer = context.peer else { return try await work() }
        return try await peer.whilePresent {
            try await cancelWhenGracefulShutdown { try await work() }
        }
    }
}
