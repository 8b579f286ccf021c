public import Federation
import Store

/// An agent as the coordinator's side of the exchange sees one: it numbers its documents and events and lists what it
/// is told to list. What a real agent decides is not here; tests decide.
public struct SampleAgent: Sendable {
    /// The agent.
    public var id: AgentID
    /// Its journal.
    public var journal: JournalID = "journal-1"
    /// Its session.
    public var session: SessionID = "session-1"
    /// The generation that it has seen.
    public var generation: Int64 = 1
    /// The last document's number.
    public var number: Int64 = 0
    /// The last event's number.
    public var lastEvent: Int64 = 0
    /// Events that no reply has acknowledged.
    public var events: [NumberedEvent] = []
    /// What it lists.
    public var attempts: [ListedAttempt] = []

    /// The sample's agent at the site where most runs, or another.
    public init(id: AgentID = SampleBook.agent) { self.id = id }

    /// Notes something that happened.
    public mutating func note(_ event: AgentEvent) {
        lastEvent += 1
        events.append(NumberedEvent(number: lastEvent, event: event))
    }

    /// Its next document.
    public mutating func document(_ kind: AgentDocument.Kind = .exchange) -> AgentDocument {
        number += 1
        var document = AgentDocument(
            kind: kind, instance: "testbook", generation: generation, agent: id, journal: journal,
            runRoot: RunRootID("\(id)-root"), session: session, number: number)
        document.lastEvent = lastEvent
        document.events = kind == .hello ? [] : events
        document.attempts = kind == .hello ? [] : attempts
        document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 1000)]
        return document
    }

    /// Takes a reply's acknowledgement.
    public mutating func take(_ reply: CoordinatorReply) {
        events.removeAll { $0.number <= reply.acknowledged }
        generation = max(generation, reply.generation)
    }

    /// Lists an offered attempt in that state, or moves it there.
    public mutating func list(_ member: Offer.Member, of offer: Offer, _ state: AttemptState) {
        var listed = ListedAttempt(
            attempt: member.attempt, pack: offer.pack, state: state,
            offered: .init(
                budget: member.budget, hold: member.hold, partition: offer.partition,
                mustStartBy: offer.mustStartBy, walltimeSeconds: offer.resources.walltimeSeconds,
                graceSeconds: offer.graceSeconds))
        listed.job = state.rank >= AttemptState.submitted.rank ? "job-\(offer.pack)" : nil
        if let index = attempts.firstIndex(where: { $0.attempt == member.attempt }) {
            listed.end = attempts[index].end
            attempts[index] = listed
        } else {
            attempts.append(listed)
        }
    }

    /// One exchange against a book: transactions 1, 2 and 3.
    @discardableResult
    public mutating func exchange(
        _ sample: SampleBook, _ kind: AgentDocument.Kind = .exchange, now: Instant = SampleBook.start
    ) async throws -> CoordinatorReply {
        let document = document(kind)
        let applied = try await sample.exchanges.apply(document, now: now)
        var reply = applied.value
        let answered = try await sample.exchanges.answer(document, reply, now: now)
        reply = answered.value
        _ = try await DependencyStore(pool: sample.pool, settings: ExchangeSettings())
            .follow(applied.ended + answered.ended, now: now)
        take(reply)
        return reply
    }

    /// Runs everything that is offered to its end: accepts, submits, starts, ends and settles, each in an exchange of
    /// its own; every run takes `seconds` on one core. Answers the attempts.
    @discardableResult
    public mutating func run(
        _ sample: SampleBook, seconds: Int64 = 1800, outcome: Outcome = .completed,
        now: Instant = SampleBook.start
    ) async throws -> [AttemptKey] {
        let offers = try await exchange(sample, now: now).offers
        for offer in offers {
            note(.accepted(pack: offer.pack))
            for member in offer.members { list(member, of: offer, .accepted) }
        }
        let confirmed = try await exchange(sample, now: now).confirmed
        let begun = offers.filter { confirmed.contains($0.pack) }
        for offer in begun {
            note(.submitted(pack: offer.pack, job: "job-\(offer.pack)"))
            for member in offer.members {
                list(member, of: offer, .started)
                note(.started(attempt: member.attempt, at: now))
                end(member.attempt, outcome, seconds: seconds, now: now)
            }
        }
        try await exchange(sample, now: now)
        try await exchange(sample, now: now)
        attempts = []
        return begun.flatMap { $0.members.map(\.attempt) }
    }

    /// Notes the end and the settlement of an attempt, and lists it as settled.
    public mutating func end(_ key: AttemptKey, _ outcome: Outcome, seconds: Int64, now: Instant) {
        let end = AttemptEnd(outcome: outcome, exit: outcome == .completed ? 0 : 1, at: now)
        let record = SiteRecord(usage: SampleAgent.usage(seconds, from: now), isFinal: true, readAt: now)
        note(.ended(attempt: key, end: end))
        note(.settled(attempt: key, record: record))
        guard let index = attempts.firstIndex(where: { $0.attempt == key }) else { return }
        attempts[index].state = .settled
        attempts[index].end = end
        attempts[index].record = record
    }

    /// So many seconds on one core.
    public static func usage(_ seconds: Int64, from start: Instant) -> Usage {
        Usage(
            runs: [.init(start: start, seconds: seconds)], nodes: 1, coresPerNode: 1, memoryMiBPerNode: 1024,
            partition: SampleBook.partition, source: .siteRecord)
    }
}
