public import Federation
import Logging
public import ServiceLifecycle
import Store

/// Places what is ready: proposes packs from a snapshot, claims them by key, and wakes the agents that got offers.
public struct Placer: Service {
    /// At most so many rows of a shape and packs in one round; what is left goes in the next, which follows at once.
    private static let rowsPerShape = 400
    private static let packsPerRound = 400

    let queue: QueueStore
    let reader: PlacementReader
    let lease: Lease
    let signals: Signals
    let settings: CoordinatorSettings
    let logger: Logger

    /// One round: answers how many tasks were offered. Does nothing where another coordinator proposes.
    @discardableResult
    public func tick(now: Instant) async throws -> Int {
        guard let epoch = lease.epoch else { return 0 }
        let keys = try await queue.ready(perShape: Self.rowsPerShape, now: now)
        guard !keys.isEmpty else { return 0 }
        let rows = Dictionary(grouping: keys, by: \.shape)
        // Side by side: each is mostly documents to be read, and whoever submitted waits for all of them.
        async let known = queue.shapes(Array(rows.keys))
        async let fresh = reader.context(now: now)
        async let share = reader.fairShare(now: now)
        async let inputs = reader.inputsThere(keys)
        let shapes = try await known
        var context = try await fresh
        let there = try await inputs
        let queued = shapes.map { id, shape in
            QueuedShape(key: Int(id), shape: shape, oldest: rows[id]?.map(\.submittedAt).min() ?? now)
        }
        var claims: [PackClaim] = []
        for shape in QueuedShape.inOrder(queued, try await share, now: now)
        where claims.count < Self.packsPerRound {
            claims += propose(
                shape, rows[Int32(clamping: shape.key)] ?? [], there, &context,
                Self.packsPerRound - claims.count)
        }
        let claimed = try await queue.claim(claims, epoch: epoch, now: now)
        guard !claimed.isEmpty else { return 0 }
        signals.tell(Set(claims.map(\.agent)))
        return claimed.count
    }

    /// Places again whenever something wakes it, until nothing more can be placed.
    public func run() async throws {
        let every = Duration.milliseconds(settings.placementMilliseconds)
        await Rounds(name: "placer", every: every, logger: logger).run(waitingAt: signals.placement) {
            while try await tick(now: settings.now()) > 0, !Task.isCancelled {}
        }
    }

    private func propose(
        _ queued: QueuedShape, _ rows: [ReadyKey], _ there: [TaskID: [SiteID: Int64]],
        _ context: inout PlacementContext, _ limit: Int
    ) -> [PackClaim] {
        let byTask = Dictionary(rows.map { ($0.task, $0) }, uniquingKeysWith: { first, _ in first })
        let candidates = rows.map { row in
            Packing.Candidate(task: row.task, boundTo: row.boundTo, inputsThere: there[row.task] ?? [:])
        }
        let proposals = Packing.propose(queued.shape, candidates, in: &context, limit: limit) {
            PackID(RandomName.make(length: 16))
        }
        return proposals.compactMap { claim($0, byTask, context) }
    }

    /// The proposal with what the offer needs beside it: account, allocation, and what the job asks for.
    private func claim(
        _ proposal: PackProposal, _ rows: [TaskID: ReadyKey], _ context: PlacementContext
    ) -> PackClaim? {
        guard let site = context.sites.first(where: { $0.document.id == proposal.site }),
            let first = proposal.members.first,
            let budget = site.budgets.first(where: { $0.balance.id == first.budget })
        else { return nil }
        return PackClaim(
            pack: proposal.pack, agent: proposal.agent, site: proposal.site, partition: proposal.partition,
            allocation: budget.balance.allocation, account: budget.account,
            resources: proposal.resources,
            graceSeconds: proposal.graceSeconds, mustStartBy: proposal.mustStartBy,
            members: proposal.members.compactMap { member in
                rows[member.task].map { PackClaim.Member(key: $0, budget: member.budget, hold: member.hold) }
            })
    }
}
