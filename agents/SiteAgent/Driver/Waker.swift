/// Wakes the driver's loop. A wake-up is no queue: many before the loop looks are one.
struct Waker: Sendable {
    private let continuation: AsyncStream<Void>.Continuation
    let stream: AsyncStream<Void>

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Something happened.
    func wake() { continuation.yield() }

    /// Waits for a wake-up, at most so long.
    func wait(_ iterator: inout AsyncStream<Void>.Iterator, atMost duration: Duration) async {
        let timer = Task { [continuation] in
            try? await Task.sleep(for: duration)
            if !Task.isCancelled { continuation.yield() }
        }
        _ = await iterator.next(isolation: #isolation)
        timer.cancel()
    }
}
