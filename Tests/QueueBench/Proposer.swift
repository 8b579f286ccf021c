import Federation
import Store
import Synchronization
import TestKit

/// The rows of the queue in memory; each is proposed once.
final class Proposer: Sendable {
    private let keys: [ReadyKey]
    private let next = Atomic(0)

    init(_ keys: [ReadyKey]) { self.keys = keys }

    /// A pack of the next row, for that agent; nil when the queue is empty.
    func next(for agent: AgentID, now: Instant) -> PackClaim? {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < keys.count else { return nil }
        return PackClaim(
            pack: PackID("p\(keys[place].rank)-\(UInt32.random(in: 0...UInt32.max))"), agent: agent,
            site: SampleBook.site, partition: SampleBook.partition, allocation: "alpha-grant",
            account: "project_alpha", resources: Resources(walltimeSeconds: 3600), graceSeconds: 60,
            mustStartBy: now.adding(seconds: 86_400),
            members: [PackClaim.Member(key: keys[place], budget: SampleBook.budget, hold: Amount(units: 1))])
    }
}
