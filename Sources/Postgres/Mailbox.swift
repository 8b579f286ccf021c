/// What waits to be done by a combiner: a mutex and continuations, because an actor costs several times as much per
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
        /// Somebody takes the letters out until there are none.
        var isServed = false
    }

    private let state = Guarded(State())

    /// Waits for the answer; `begin` is called when nobody takes letters out yet. A cancelled caller gets `.cancelled`
    /// while its letter is still here; once it is taken, the caller waits for the outcome.
    func ask(_ request: Request, _ begin: @Sendable () -> Void) async throws -> Answer {
        let id = state.withLock { state in
            state.lastLetter += 1
            state.arriving[state.lastLetter] = false
            return state.lastLetter
        }
        defer { state.synchronize() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let letter = Letter(
                    id: id, request: request, arrived: Clock.now, continuation: continuation)
                if put(letter) { begin() }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Whether somebody has to begin taking letters out.
    private func put(_ letter: Letter) -> Bool {
        let (isCancelled, begins) = state.withLock { state in
            guard state.arriving.removeValue(forKey: letter.id) != true else { return (true, false) }
            state.letters.append(letter)
            defer { state.isServed = true }
            return (false, !state.isServed)
        }
        if isCancelled {
            letter.continuation.resume(throwing: PostgresError(.cancelled, "the task was cancelled"))
        }
        return begins
    }

    private func cancel(_ id: UInt64) {
        let letter = state.withLock { state -> Letter? in
            if state.arriving[id] != nil { state.arriving[id] = true }
            return state.letters.firstIndex { $0.id == id }.map { state.letters.remove(at: $0) }
        }
        letter?.continuation.resume(
            throwing: PostgresError(.cancelled, "the task was cancelled while waiting"))
    }

    /// How many letters are here.
    var count: Int { state.withLock { $0.letters.count } }

    /// Takes the oldest letters, at most `limit`. None: the next letter needs somebody to begin anew.
    func take(_ limit: Int) -> [Letter] {
        state.withLock { state in
            let letters = Array(state.letters.prefix(limit))
            state.letters.removeFirst(letters.count)
            state.isServed = !letters.isEmpty
            return letters
        }
    }

    /// Without letters: the next one needs somebody to begin anew.
    func endsIfEmpty() -> Bool {
        state.withLock { state in
            if state.letters.isEmpty { state.isServed = false }
            return state.letters.isEmpty
        }
    }

    /// To be called between making answers and giving them.
    func synchronize() { state.synchronize() }

    /// Fails all letters that arrived before this instant.
    func fail(arrivedBefore instant: UInt64, _ error: any Error) {
        let old = state.withLock { state in
            let old = state.letters.filter { $0.arrived < instant }
            state.letters.removeAll { $0.arrived < instant }
            return old
        }
        for letter in old { letter.continuation.resume(throwing: error) }
    }
}
