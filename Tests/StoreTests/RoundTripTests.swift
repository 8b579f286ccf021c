import Federation
import Postgres
import Store
import TestKit
import Testing

/// What a rule writes is what the next one reads: a field that the store does not know would be lost silently.
@Suite struct RoundTripTests {
    private let now = SampleBook.start

    @Test func everyFieldOfAnAttemptAndItsTaskSurvives() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let key = try await sample.claim(try await sample.proposals())[0]
            var scope = BookScope()
            scope.attempts = [key]
            let store = BookStore(pool: sample.pool, settings: ExchangeSettings())
            let written = try await store.change(scope, now: now) { book in
                book.attempts[key].map { book.attempts[key] = full($0) }
                book.tasks[key.task].map { book.tasks[key.task] = full($0) }
                return (book.attempts[key], book.tasks[key.task])
            }.value
            let read = try await store.change(scope, now: now) { ($0.attempts[key], $0.tasks[key.task]) }
                .value
            #expect(read.0 == written.0)
            #expect(read.1 == written.1)
            let attempt = try #require(read.0)
            let task = try #require(read.1)
            // A new field of the records has to be stored: add it to the schema, the two statements, and here.
            #expect(Mirror(reflecting: attempt).children.count == 31)
            #expect(Mirror(reflecting: task).children.count == 18)
            for (name, value) in Mirror(reflecting: attempt).children {
                #expect("\(value)" != "nil", "\(name ?? "") was not filled")
            }
        }
    }

    @Test func everyFieldOfAnAgentAndItsJournalSurvives() async throws {
        try await SampleBook.use { sample in
            let journal = JournalKey(agent: SampleBook.agent, journal: "j")
            var scope = BookScope()
            scope.agents = [SampleBook.agent]
            scope.journals = [journal]
            let store = BookStore(pool: sample.pool, settings: ExchangeSettings())
            let written = try await store.change(scope, now: now) { book in
                var agent = try #require(book.agents[SampleBook.agent])
                agent.runRoot = "other-root"
                agent.journal = "j"
                agent.session = "s"
                agent.epoch = 3
                agent.switches = [now, now.adding(seconds: 5)]
                agent.seen = now
                agent.mode = .courier
                agent.drained = true
                book.agents[SampleBook.agent] = agent
                var record = JournalRecord()
                record.lastEvent = 4
                record.lastDocument = 5
                record.lastReply = 6
                book.journals[journal] = record
                return (agent, record)
            }.value
            let read = try await store.change(scope, now: now) { book in
                (book.agents[SampleBook.agent], book.journals[journal])
            }.value
            #expect(read.0 == written.0)
            #expect(read.1 == written.1)
            #expect(Mirror(reflecting: written.0).children.count == 10)
            #expect(Mirror(reflecting: written.1).children.count == 3)
        }
    }

    /// What runs without a budget is charged to its site's suspense account, with an entry that explains it.
    @Test func suspenseIsExplainedByItsEntries() async throws {
        try await SampleBook.use { sample in
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let key = AttemptKey(
                task: TaskID(submission: "unknown", index: 0), fence: Fence(generation: 1, counter: 1))
            var listed = ListedAttempt(
                attempt: key, pack: "foreign", state: .settled,
                offered: .init(
                    budget: "nobodys", hold: Amount(units: 5), partition: SampleBook.partition,
                    mustStartBy: now.adding(seconds: 100), walltimeSeconds: 3600, graceSeconds: 60))
            listed.end = AttemptEnd(outcome: .completed, exit: 0, at: now)
            listed.record = SiteRecord(usage: SampleAgent.usage(7200, from: now), isFinal: true, readAt: now)
            agent.attempts = [listed]
            try await agent.exchange(sample)
            let rows = try await sample.pool.query("SELECT suspense FROM site WHERE id = \(SampleBook.site)")
            #expect(try rows[0].decode("suspense", as: Amount.self) == Amount(units: 2))
            #expect(try await sample.proof().faults == [])
        }
    }

    private func full(_ old: AttemptRecord) -> AttemptRecord {
        var attempt = old
        attempt.state = .ended
        attempt.usage = SampleAgent.usage(60, from: now)
        attempt.acceptedAt = now
        attempt.confirmedSession = "s"
        attempt.job = "7"
        attempt.startedAt = now.adding(seconds: 1)
        attempt.waitingReason = "Priority"
        attempt.end = AttemptEnd(
            outcome: .failed(.outOfMemory), exit: 137, signal: 9, at: now,
            result: .object(["a": .number(1.5)]),
            progress: 3, detail: "killed")
        attempt.endedAt = now.adding(seconds: 2)
        attempt.settledAt = now.adding(seconds: 3)
        attempt.cancelRequested = true
        attempt.superseded = true
        attempt.parked = true
        attempt.lookUpDue = true
        attempt.readAt = now.adding(seconds: 4)
        attempt.reReads = 2
        attempt.nextReRead = now.adding(seconds: 5)
        return attempt
    }

    private func full(_ old: TaskRecord) -> TaskRecord {
        var task = old
        task.cancelRequested = true
        task.notBefore = now
        task.failures = 1
        task.disruptions = 2
        task.unstarted = 7
        task.retriesAllowed = 3
        task.links = 4
        task.linksAllowed = 5
        task.linksWithoutProgress = 1
        task.progress = 6
        task.boundTo = SampleBook.agent
        task.onSilence = .requeue
        task.lastFailure = .stalled
        task.completedBy = task.live
        return task
    }
}
