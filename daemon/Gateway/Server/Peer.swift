import Synchronization

/// The other end of one connection: filled once, when the handshake ends; told once, when it is gone.
final class Peer: Sendable {
    /// What the client's certificate says.
    struct Identity: Sendable, Hashable {
        /// SHA-256 of the certificate's public key (SPKI), 64 hexadecimal digits: what enrolment is bound to.
        var spkiSHA256: String
        /// When the certificate ends, seconds since 1970.
        var notAfterSeconds: Int64
    }

    private struct State {
        var identity: Identity?
        var isGone = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var nextWatcher = 0
    }

    /// The connection on which the current task answers.
    @TaskLocal static var current: Peer?

    private let state = Mutex(State())

    /// Who it is, where it has shown a certificate.
    var identity: Identity? { state.withLock { $0.identity } }

    /// Notes the certificate that the handshake has verified.
    func verified(_ identity: Identity) { state.withLock { $0.identity = identity } }

    /// Runs `action` when the connection ends, at once if it already has; the number takes it back.
    func whenGone(_ action: @escaping @Sendable () -> Void) -> Int {
        let (number, isGone) = state.withLock { state in
            state.nextWatcher += 1
            if !state.isGone { state.watchers[state.nextWatcher] = action }
            return (state.nextWatcher, state.isGone)
        }
        if isGone { action() }
        return number
    }

    /// Takes an action back.
    func forget(_ number: Int) { state.withLock { _ = $0.watchers.removeValue(forKey: number) } }

    /// The connection has ended.
    func gone() {
        let actions = state.withLock { state in
            state.isGone = true
            defer { state.watchers = [:] }
            return Array(state.watchers.values)
        }
        for action in actions { action() }
    }

    /// Runs `work` and cancels it when the connection ends: a handler is not told otherwise, and a long poll of a
    /// client that has left would stay parked until its time is up.
    func whilePresent<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        let watcher = whenGone { task.cancel() }
        defer { forget(watcher) }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
