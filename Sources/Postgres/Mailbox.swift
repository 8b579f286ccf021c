/// What waits to be done by a lane: a mutex and continuations, because an actor costs several times as much per
/// call and makes smaller batches.
final class Mailbox<Request: Sendable, Answer: Sendable>: Sendable {
    struct Letter {
        let id: UInt64
        let request: Request
        let arrived: UInt64
        let continuation: CheckedContinuation<Answer, any Error>
    }

    private struct State {
        var letters: [Letter] = []
        var lastLetter: UInt64 = 0
        /// Callers that have a number but no letter here yet; true: cancelled meanwhile.
        var arriving: [UInt64: Bool] = [:]
        var reader: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    private let state = Guarded(State())

    /// Closed, and all letters were taken.
    var isDone: Bool { state.withLock { $0.isClosed && $0.letters.isEmpty } }

    /// Waits for the answer. A cancelled caller gets `.cancelled` while its letter is still here; once it is
    /// taken, the caller waits for the outcome.
    func ask(_ request: Request) async throws -> Answer {
        let id = state.withLock { state in
            state.lastLetter += 1
            state.arriving[state.lastLetter] = false
            return state.lastLetter
        }
        defer { state.synchronize() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                put(Letter(id: id, request: request, arrived: Clock.now, continuation: continuation))
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func put(_ letter: Letter) {
        var refusal: PostgresError?
        let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
            let cancelled = state.arriving.removeValue(forKey: letter.id) == true
            guard !cancelled, !state.isClosed else {
                refusal =
                    cancelled
                    ? PostgresError(.cancelled, "the task was cancelled")
                    : PostgresError(.closed, "the lane is closed")
                return nil
            }
            state.letters.append(letter)
            defer { state.reader = nil }
            return state.reader
        }
        if let refusal { letter.continuation.resume(throwing: refusal) }
        reader?.resume()
    }

    private func cancel(_ id: UInt64) {
        let letter = state.withLock { state -> Letter? in
            if state.arriving[id] != nil { state.arriving[id] = true }
            return state.letters.firstIndex { $0.id == id }.map { state.letters.remove(at: $0) }
        }
        letter?.continuation.resume(
            throwing: PostgresError(.cancelled, "the task was cancelled while waiting"))
    }

    /// Takes the oldest letters, at most `limit`; without any, waits for one. Empty: the box is closed.
    func take(_ limit: Int) async -> [Letter] {
        while true {
            let (letters, isClosed) = state.withLock { state -> ([Letter], Bool) in
                let letters = Array(state.letters.prefix(limit))
                state.letters.removeFirst(letters.count)
                return (letters, state.isClosed)
            }
            if !letters.isEmpty || isClosed { return letters }
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    guard state.letters.isEmpty, !state.isClosed else { return true }
                    state.reader = continuation
                    return false
                }
                if ready { continuation.resume() }
            }
        }
    }

    /// To be called between making answers and giving them.
    func synchronize() { state.synchronize() }

    /// Fails all letters that arrived before this instant.
    func fail(arrivedBefore instant: UInt64, _ error: PostgresError) {
        let old = state.withLock { state in
            let old = state.letters.filter { $0.arrived < instant }
            state.letters.removeAll { $0.arrived < instant }
            return old
        }
        for letter in old { letter.continuation.resume(throwing: error) }
    }

    /// Takes no more letters; those that are here can still be taken.
    func close() {
        let reader = state.withLock { state in
            state.isClosed = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }
}
