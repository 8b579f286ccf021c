import Federation
import Postgres
import Store
import TestKit

/// Some seconds of work by many callers, each an agent with one attempt at a time.
struct Round {
    /// Before the measured time: connections, prepared statements.
    private static let warmUp = Duration.milliseconds(700)
    private static let enough = 400_000

    let settings: ConnectionSettings
    let callers: Int
    let wholeLife: Bool

    /// Prints tasks completed per second, and the median and the 99th percentile of a task's time in milliseconds.
    func run(seconds: Int) async throws {
        let pool = Pool(settings: settings, size: 8)
        let queue = QueueStore(pool: pool, settings: ExchangeSettings())
        let exchanges = ExchangeStore(pool: pool, settings: ExchangeSettings())
        let proposer = Proposer(try await queue.ready(perShape: Self.enough, now: SampleBook.start))
        let begin = ContinuousClock.now + Self.warmUp
        let end = begin + .seconds(seconds)
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for index in 0..<callers {
                group.addTask {
                    var caller = Caller(
                        agent: SampleAgent(id: Filling.agent(index)), queue: queue, exchanges: exchanges,
                        proposer: proposer)
                    try await caller.begin(session: SessionID("s\(UInt64.random(in: 0...UInt64.max))"))
                    var times: [Duration] = []
                    while true {
                        let asked = ContinuousClock.now
                        guard asked < end else { return times }
                        guard try await caller.complete(wholeLife: wholeLife) else {
                            throw QueueBench.Fault("the queue ran empty: fill in more tasks")
                        }
                        let answered = ContinuousClock.now
                        if answered >= begin, answered < end { times.append(answered - asked) }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let faults = try await LedgerProof(pool: pool).check().faults
        guard faults.isEmpty, !times.isEmpty else { throw QueueBench.Fault("the book is wrong: \(faults)") }
        let sorted = times.sorted()
        func milliseconds(_ part: Double) -> Double {
            sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] / .milliseconds(1)
        }
        print(sorted.count / seconds, milliseconds(0.5), milliseconds(0.99))
        await pool.close()
    }
}
