import CLibPQ
import Glibc

/// One thread for the whole process that waits for all connections' sockets.
///
/// Handlers go by a token that is never given twice, not by descriptor: an event that was fetched just before
/// its connection closed finds no handler, or one whose connection says that it is closed, and never a stranger
/// that got the same descriptor number.
final class Reactor: Sendable {
    typealias Handler = @Sendable (_ readable: Bool, _ writable: Bool) -> Void

    static let shared = Reactor()

    private struct State {
        var handlers: [UInt64: Handler] = [:]
        var lastToken: UInt64 = 0
    }

    private let isRunning: Bool
    private let epoll = clibpq_epoll_create()
    private let state = Guarded(State())

    private init() {
        let epoll = epoll
        let state = state
        isRunning = epoll >= 0 && BlockingThread.start { Reactor.loop(epoll, state) }
    }

    /// Starts to watch a descriptor for input; nil if the system refuses.
    func watch(_ descriptor: Int32, _ handler: @escaping Handler) -> UInt64? {
        guard isRunning else { return nil }
        let token = state.withLock { state in
            state.lastToken += 1
            state.handlers[state.lastToken] = handler
            return state.lastToken
        }
        guard clibpq_epoll_set(epoll, 1, descriptor, 0, token) == 0 else {
            _ = state.withLock { $0.handlers.removeValue(forKey: token) }
            return nil
        }
        return token
    }

    /// Also (or no longer) reports room for output.
    func watchOutput(_ wanted: Bool, _ descriptor: Int32, _ token: UInt64) {
        _ = clibpq_epoll_set(epoll, 0, descriptor, wanted ? 1 : 0, token)
    }

    /// Must come before the descriptor is closed. The handler may still be running once.
    func forget(_ descriptor: Int32, _ token: UInt64) {
        _ = clibpq_epoll_remove(epoll, descriptor)
        _ = state.withLock { $0.handlers.removeValue(forKey: token) }
    }

    private static func loop(_ epoll: Int32, _ state: Guarded<State>) {
        var events = [clibpq_event](repeating: clibpq_event(), count: 64)
        while true {
            let count = clibpq_epoll_wait(epoll, &events)
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            for event in events.prefix(Int(count)) {
                let handler = state.withLock { $0.handlers[event.token] }
                handler?(event.readable != 0, event.writable != 0)
            }
        }
    }
}
