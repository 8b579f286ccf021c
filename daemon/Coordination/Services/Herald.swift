import Federation
import Logging
import Postgres
public import ServiceLifecycle
import Store
import Synchronization

/// Tells other coordinators to look again, and listens to them. At most one NOTIFY a channel every 20 ms, each in a
/// transaction of its own. Whoever made the listener runs it.
public final class Herald: Service {
    let wakeUps: WakeUpStore
    let listener: Listener
    let signals: Signals
    let logger: Logger
    /// NOTIFYs of our own that have not come back yet: their echo wakes nobody. Should one get lost, a wake-up of
    /// another coordinator is missed once, and the waiters' own pace makes up for it.
    private let echoes = Mutex<[Signals.Channel: Int]>([:])

    init(wakeUps: WakeUpStore, listener: Listener, signals: Signals, logger: Logger) {
        self.wakeUps = wakeUps
        self.listener = listener
        self.signals = signals
        self.logger = logger
    }

    /// Passes signals on both ways until the process shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                for channel in Signals.Channel.allCases {
                    group.addTask { await self.speak(channel) }
                    group.addTask { await self.hear(channel) }
                }
            }
        }
        // Polls that are parked end with what there is, or the gateway could not shut down in good order.
        signals.close()
    }

    private func speak(_ channel: Signals.Channel) async {
        let ticket = signals.herald.ticket(channel)
        defer { signals.herald.end(ticket) }
        while !Task.isCancelled {
            await signals.herald.wait(ticket, atMost: .seconds(3600))
            if Task.isCancelled { return }
            echoes.withLock { $0[channel] = ($0[channel] ?? 0) + 1 }
            do {
                try await wakeUps.notify(channel.rawValue)
            } catch {
                echoes.withLock { $0[channel] = 0 }
                logger.debug("notify: \(error)")
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    private func hear(_ channel: Signals.Channel) async {
        for await _ in listener.wakeUps(channel.rawValue) {
            let isEcho = echoes.withLock { echoes in
                guard let count = echoes[channel], count > 0 else { return false }
                echoes[channel] = 0
                return true
            }
            if isEcho { continue }
            switch channel {
            case .placement: signals.placement.ring(0)
            case .agents: signals.agents.ringAll()
            }
        }
    }
}
