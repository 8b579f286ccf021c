import Synchronization

/// Wakes whoever waits under a key. A ring says "look again", no more: several may be one.
///
/// Whoever waits takes its ticket before it looks, so that a ring between the look and the wait is not lost.
final class Bell<Key: Hashable & Sendable>: Sendable {
    /// A place among those who wait under a key, until it is handed back.
    struct Ticket: Sendable {
        fileprivate let key: Key
        fileprivate let id: UInt64
    }

    private struct Waiter {
        var isRung = false
        var parked: UnsafeContinuation<Void, Never>?
    }

    private struct State {
        var nextID: UInt64 = 0
        var waiters: [Key: [UInt64: Waiter]] = [:]
    }

    private let state = Mutex(State())

    /// Takes a place: from now on rings are kept for it.
    func ticket(_ key: Key) -> Ticket {
        state.withLock { state in
            state.nextID += 1
            state.waiters[key, default: [:]][state.nextID] = Waiter()
            return Ticket(key: key, id: state.nextID)
        }
    }

    /// Gives a place back.
    func end(_ ticket: Ticket) {
        let parked = state.withLock { state in
            let waiter = state.waiters[ticket.key]?.removeValue(forKey: ticket.id)
            if state.waiters[ticket.key]?.isEmpty == true { state.waiters[ticket.key] = nil }
            return waiter?.parked
        }
        parked?.resume()
    }

    /// Wakes those under the key.
    func ring(_ key: Key) {
        for parked in state.withLock({ Self.ring(key, &$0) }) { parked.resume() }
    }

    /// Wakes everybody.
    func ringAll() {
        let parked = state.withLock { state in state.waiters.keys.flatMap { Self.ring($0, &state) } }
        for one in parked { one.resume() }
    }

    /// Returns at the next ring (or at once after one that came since the last wait), when that much time has passed,
    /// or when the task is cancelled. One wait a ticket at a time.
    func wait(_ ticket: Ticket, atMost time: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.park(ticket) }
            group.addTask { try? await Task.sleep(for: time) }
            await group.next()
            group.cancelAll()
        }
    }

    private static func ring(_ key: Key, _ state: inout State) -> [UnsafeContinuation<Void, Never>] {
        guard let waiters = state.waiters[key] else { return [] }
        var parked: [UnsafeContinuation<Void, Never>] = []
        for (id, waiter) in waiters {
            if let continuation = waiter.parked {
                parked.append(continuation)
                state.waiters[key]?[id]?.parked = nil
            } else {
                state.waiters[key]?[id]?.isRung = true
            }
        }
        return parked
    }

    private func park(_ ticket: Ticket) async {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let mayPark = state.withLock { state in
                    // Cancelled before it was parked: the handler below has already run and found nobody.
                    guard let waiter = state.waiters[ticket.key]?[ticket.id], !waiter.isRung,
                        !Task.isCancelled
                    else {
                        state.waiters[ticket.key]?[ticket.id]?.isRung = false
                        return false
                    }
                    state.waiters[ticket.key]?[ticket.id]?.parked = continuation
                    return true
                }
                if !mayPark { continuation.resume() }
            }
        } onCancel: {
            let parked = state.withLock { state in
                let parked = state.waiters[ticket.key]?[ticket.id]?.parked
                state.waiters[ticket.key]?[ticket.id]?.parked = nil
                return parked
            }
            parked?.resume()
        }
    }
}
