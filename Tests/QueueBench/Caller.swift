import Federation
import Store
import TestKit

/// One caller: claims a task for its agent, and says as that agent how it ended.
struct Caller {
    var agent: SampleAgent
    let queue: QueueStore
    let exchanges: ExchangeStore
    let proposer: Proposer

    /// The agent's hello under a new journal.
    mutating func begin(session: SessionID) async throws {
        agent.session = session
        agent.journal = JournalID(session.rawValue)
        _ = try await exchanges.apply(agent.document(.hello), now: SampleBook.start)
    }

    /// Claims and completes one task; false when there is none left.
    mutating func complete(wholeLife: Bool) async throws -> Bool {
        let now = SampleBook.start
        guard let pack = proposer.next(for: agent.id, now: now) else { return false }
        guard let key = try await queue.claim([pack], epoch: 1, now: now).first else {
            throw QueueBench.Fault("a claim came to nothing")
        }
        if wholeLife { try await accept(pack.pack, now: now) }
        agent.attempts = [listed(key, pack)]
        if !wholeLife { agent.note(.accepted(pack: pack.pack)) }
        agent.note(.submitted(pack: pack.pack, job: "job-\(pack.pack)"))
        agent.note(.started(attempt: key, at: now))
        agent.end(key, .completed, seconds: 1, now: now)
        let document = agent.document()
        let applied = try await exchanges.apply(document, now: now)
        guard applied.ended == [key.task] else { throw QueueBench.Fault("\(key) did not end its task") }
        agent.take(applied.value)
        if wholeLife {
            let reply = try await exchanges.answer(document, applied.value, now: now).value
            guard reply.forget == [key] else { throw QueueBench.Fault("\(key) is not settled") }
        }
        agent.attempts = []
        return true
    }

    /// Gets the offer, accepts it and has it confirmed: two exchanges.
    private mutating func accept(_ pack: PackID, now: Instant) async throws {
        let offers = try await exchange(now: now).offers
        guard let offer = offers.first(where: { $0.pack == pack }) else {
            throw QueueBench.Fault("\(pack) was not offered")
        }
        agent.note(.accepted(pack: pack))
        for member in offer.members { agent.list(member, of: offer, .accepted) }
        guard try await exchange(now: now).confirmed == [pack] else {
            throw QueueBench.Fault("\(pack) was not confirmed")
        }
    }

    private mutating func exchange(now: Instant) async throws -> CoordinatorReply {
        let document = agent.document()
        let applied = try await exchanges.apply(document, now: now)
        let reply = try await exchanges.answer(document, applied.value, now: now).value
        agent.take(reply)
        return reply
    }

    private func listed(_ key: AttemptKey, _ pack: PackClaim) -> ListedAttempt {
        ListedAttempt(
            attempt: key, pack: pack.pack, state: .started,
            offered: .init(
                budget: SampleBook.budget, hold: pack.members[0].hold, partition: pack.partition,
                mustStartBy: pack.mustStartBy, walltimeSeconds: pack.resources.walltimeSeconds,
                graceSeconds: pack.graceSeconds))
    }
}
