import Synchronization

/// Wakes whoever waits under a key. A ring says "look again", no more: several may be one.
///
/// Whoever waits takes its ticket before it looks, so that a ring between the look and the wait is not lost.
final class Bell<Key: Hashable & Sendable>: Sendable {
    /// A place among those who wait under a key, until it is handed back.
    struct Ticket: Sendable {
        fileprivate let key: Key
        fileprivate let id: UInt64
        fileprivate let rings: AsyncStream<Void>
    }

    private struct State {
        var nextID: UInt64 = 0
        var waiters: [Key: [UInt64: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// Takes a place: from now on rings are kept for it.
    func ticket(_ key: Key) -> Ticket {
        let (rings, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        return state.withLock { state in
            state.nextID += 1
            state.waiters[key, default: [:]][state.nextID] = continuation
            return Ticket(key: key, id: state.nextID, rings: rings)
        }
    }

    /// Gives a place back.
    func end(_ ticket: Ticket) {
        state.withLock { state in
            state.waiters[ticket.key]?[ticket.id] = nil
            if state.waiters[ticket.key]?.isEmpty == true { state.waiters[ticket.key] = nil }
        }
    }

    /// Wakes those under the key.
    func ring(_ key: Key) {
        state.withLock { state in state.waiters[key]?.values.forEach { $0.yield() } }
    }

    /// Wakes everybody.
    func ringAll() {
        state.withLock { state in
            for waiters in state.waiters.values { waiters.values.forEach { $0.yield() } }
        }
    }

    /// Returns at the next ring, when that much time has passed, or when the task is cancelled.
    func wait(_ ticket: Ticket, atMost time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ticket.rings { return } }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }
}
