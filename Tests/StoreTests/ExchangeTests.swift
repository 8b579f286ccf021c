import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct ExchangeTests {
    @Test func fromSubmissionToSettlement() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(3), key: "k")
            #expect(try await sample.claim(try await sample.proposals(hold: Amount(units: 2))).count == 3)
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let run = try await agent.run(sample, seconds: 1800)
            #expect(run.count == 3)
            let rows = try await sample.pool.query("SELECT state, count(*) AS n FROM task GROUP BY state")
            #expect(try rows.map { try $0.decode("state", as: String.self) } == ["completed"])
            let budgets = try await BudgetStore(pool: sample.pool, settings: ExchangeSettings()).views(
                for: nil)
            let balance = try #require(budgets.first { $0.id == SampleBook.budget }).balance
            #expect(balance.spent == Amount(thousandths: 3 * Amount.perUnit / 2))
            #expect(balance.held == .zero)
            #expect(try await sample.proof().faults == [])
            let live = try await sample.pool.query("SELECT count(*) AS n FROM attempt_live")
            #expect(try live[0].decode("n", as: Int.self) == 0)
        }
    }

    @Test func eventsCountOnceAndAGapIsRefused() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let key = try await sample.claim(try await sample.proposals())[0]
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let offer = try await agent.exchange(sample).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .accepted)
            #expect(try await agent.exchange(sample).confirmed == [offer.pack])
            agent.list(offer.members[0], of: offer, .started)
            agent.note(.submitted(pack: offer.pack, job: "1"))
            agent.end(key, .completed, seconds: 600, now: SampleBook.start)
            let sent = agent.events
            try await agent.exchange(sample)
            let before = try await sample.pool.query(
                "SELECT count(*) AS n FROM ledger_entry WHERE kind = 'settle'")
            #expect(try before[0].decode("n", as: Int.self) == 1)
            agent.events = sent  // the reply was lost
            let again = try await agent.exchange(sample)
            #expect(again.acknowledged == agent.lastEvent)
            let after = try await sample.pool.query(
                "SELECT count(*) AS n FROM ledger_entry WHERE kind = 'settle'")
            #expect(try after[0].decode("n", as: Int.self) == 1)
            agent.lastEvent += 5  // events got lost on the way
            agent.note(.metrics(attempt: key, value: .null))
            let gap = try await agent.exchange(sample)
            #expect(gap.gap)
            #expect(gap.acknowledged == sent.last?.number)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aDocumentSentToTwoCoordinatorsCountsOnce() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let key = try await sample.claim(try await sample.proposals())[0]
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let offer = try await agent.exchange(sample).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .started)
            agent.end(key, .completed, seconds: 600, now: SampleBook.start)
            let document = agent.document()
            let store = ExchangeStore(pool: sample.pool, settings: ExchangeSettings())
            let older = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await store.apply(document, now: SampleBook.start).value.older }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(older == 3)
            let rows = try await sample.pool.query(
                "SELECT count(*) AS n FROM ledger_entry WHERE kind = 'settle'")
            #expect(try rows[0].decode("n", as: Int.self) == 1)
            #expect(try await sample.proof().faults == [])
        }
    }

    /// A job's name longer than the book allows, and text that Postgres cannot hold: both are kept whole and alarmed,
    /// the events around them count, and the attempt is looked for.
    @Test func whatTheDatabaseRefusesIsKeptAndItsNeighboursCount() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(2), key: "k")
            let keys = try await sample.claim(try await sample.proposals())
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let offers = try await agent.exchange(sample).offers
            for offer in offers {
                agent.note(.accepted(pack: offer.pack))
                agent.list(offer.members[0], of: offer, .accepted)
            }
            try await agent.exchange(sample)
            agent.note(.submitted(pack: offers[0].pack, job: String(repeating: "x", count: 300)))
            agent.note(.metrics(attempt: keys[0], value: .string("a\u{0}b")))
            agent.note(.submitted(pack: offers[1].pack, job: "42"))
            let reply = try await agent.exchange(sample)
            #expect(reply.acknowledged == agent.lastEvent)
            #expect(reply.lookUp.map(\.attempt).contains(keys[0]))
            let kept = try await sample.pool.query(
                "SELECT number, event, reason FROM kept_event ORDER BY number")
            #expect(try kept.map { try $0.decode("number", as: Int64.self) } == [3, 4])
            #expect(try kept[1].decode("event", as: String.self).contains("metrics"))
            let rows = try await sample.pool.query("SELECT count(*) AS n FROM attempt WHERE job = '42'")
            #expect(try rows[0].decode("n", as: Int.self) == 1)
            let alarms = try await AlarmStore(pool: sample.pool).page(after: nil, limit: 10).items
            #expect(alarms.count == 2)
        }
    }

    @Test func aBurntFenceIsCancelledWhenItIsAcceptedLate() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let first = try await sample.claim(try await sample.proposals())[0]
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let offer = try await agent.exchange(sample).offers[0]
            // Not accepted in time: the fence is burnt, the hold comes back, the task is ready again.
            let later = SampleBook.start.adding(seconds: 1000)
            let swept = try await SweepStore(pool: sample.pool, settings: ExchangeSettings()).sweep(
                now: later)
            #expect(swept.value == 1)
            #expect(swept.hasReady)
            let second = try await sample.claim(try await sample.proposals(now: later), now: later)[0]
            #expect(second.fence.counter == first.fence.counter + 1)
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .accepted)
            let reply = try await agent.exchange(sample, now: later)
            #expect(reply.confirmed.isEmpty)
            #expect(reply.cancel == [first])
            #expect(try await sample.proof().faults == [])
        }
    }
}
