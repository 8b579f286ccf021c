/// Turns NOTIFY into wake-ups, over one connection of its own.
///
/// A wake-up says "look again", no more: several may be one, and there may be one too many. After every
/// (re)connect all streams wake once, because notifications sent meanwhile are gone.
public final class Listener: Sendable {
    private enum Event {
        case channels, broken, check
    }

    private struct State {
        var subscribers = Subscribers()
        var events: AsyncStream<Event>.Continuation?
        var isClosed = false
        var isListening = false
    }

    private let settings: ConnectionSettings
    private let state = Guarded(State())

    /// A listener; it connects in `run`.
    public init(settings: ConnectionSettings) { self.settings = settings }

    /// Wake-ups of one channel, from now on; any number of streams may share a channel. The stream ends when
    /// `run` does.
    public func wakeUps(_ channel: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (id, events) = state.withLock { state -> (UInt64?, AsyncStream<Event>.Continuation?) in
            guard !state.isClosed else { return (nil, nil) }
            return (state.subscribers.add(channel, continuation), state.events)
        }
        guard let id else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { $0.subscribers.remove(channel, id) }
        }
        events?.yield(.channels)
        return stream
    }

    /// True while connected and listening on all channels that were asked for at the last connect.
    public var isListening: Bool { state.withLock { $0.isListening } }

    /// Listens until the task is cancelled, through any number of lost connections; then ends all streams.
    public func run() async {
        var backoff = Backoff()
        while !Task.isCancelled {
            if (try? await listen()) == true { backoff.reset() }
            try? await Task.sleep(nanoseconds: backoff.next())
        }
        let streams = state.withLock { state in
            state.isClosed = true
            return state.subscribers.removeAll()
        }
        for stream in streams { stream.finish() }
    }

    /// One connection's life; true if it ever listened.
    private func listen() async throws -> Bool {
        let session = try await Connector.connect(settings)
        let (events, continuation) = AsyncStream<Event>.makeStream()
        session.observe { [weak self] channel in
            self?.state.withLock { $0.subscribers.wake(channel) }
        } failure: {
            continuation.yield(.broken)
        }
        state.withLock { $0.events = continuation }
        continuation.yield(.channels)
        let heart = Task { await Self.beat(continuation) }
        defer {
            heart.cancel()
            session.close()
            state.withLock { state in
                state.events = nil
                state.isListening = false
            }
        }
        var listening: Set<String> = []
        var listened = false
        for await event in events {
            guard event != .broken, session.failure == nil else { break }
            let wanted = state.withLock { $0.subscribers.channels }
            let new = wanted.subtracting(listening).sorted()
            // A ping keeps a silent network from going unnoticed; the timeout is TCP's.
            let statements = new.map { channel -> SQL in "LISTEN \(identifier: channel)" }
            guard (try? await session.run(.pipeline(statements))) != nil else { break }
            listening = wanted
            listened = true
            if !new.isEmpty || event == .channels {
                state.withLock { state in
                    state.isListening = true
                    // Whatever was sent before LISTEN was committed is gone.
                    for channel in new { state.subscribers.wake(channel) }
                }
            }
        }
        return listened
    }

    private static func beat(_ events: AsyncStream<Event>.Continuation) async {
        while !Task.isCancelled {
            try? await Task.sleep(nanoseconds: 30_000_000_000)
            events.yield(.check)
        }
    }
}
