import Logging
import ServiceLifecycle

/// Runs a tick again and again, at its own pace or when something wakes it, until the process shuts down. A tick that
/// fails is logged and tried again at the next round.
struct Rounds: Sendable {
    let name: String
    let every: Duration
    let logger: Logger

    func run(
        waitingAt bell: Bell<Int>? = nil, _ tick: @escaping @Sendable () async throws -> Void
    ) async {
        await cancelWhenGracefulShutdown {
            let ticket = bell?.ticket(0)
            while !Task.isCancelled {
                do {
                    try await tick()
                } catch is CancellationError {
                    break
                } catch {
                    if Task.isCancelled { break }
                    logger.error("\(name): \(error)")
                }
                if let bell, let ticket {
                    await bell.wait(ticket, atMost: every)
                } else {
                    try? await Task.sleep(for: every)
                }
            }
            if let bell, let ticket { bell.end(ticket) }
        }
    }
}
