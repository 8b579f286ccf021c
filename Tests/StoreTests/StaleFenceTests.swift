import Federation
import Postgres
import Store
import TestKit
import Testing

/// A site falls silent, its task is placed elsewhere, and then the first site comes back with the result.
@Suite struct StaleFenceTests {
    @Test func aStaleFenceCompletesItsTaskAndChargesOnce() async throws {
        try await SampleBook.use { sample in
            var specs = SampleBook.specs(1)
            specs[0].onSilence = .requeue
            _ = try await sample.submit(specs, key: "k")
            let first = try await sample.claim(try await sample.proposals())[0]
            var silent = SampleAgent()
            try await silent.exchange(sample, .hello)
            try await Self.start(&silent, sample, now: SampleBook.start)

            // Nothing of it can be running any more: the sweep queues it again, and the other site has it.
            let later = SampleBook.start.adding(seconds: 100_000)
            let settings = ExchangeSettings()
            let swept = try await SweepStore(pool: sample.pool, settings: settings).sweep(now: later)
            #expect(swept.value == 1)
            #expect(swept.hasReady)
            var claims = try await sample.proposals(budget: "beta-cuni", agent: "beta-agent", now: later)
            for index in claims.indices {
                claims[index].site = "beta"
                claims[index].allocation = "beta-grant"
                claims[index].account = "project_beta"
            }
            let second = try await sample.claim(claims, now: later)[0]
            #expect(second.task == first.task)
            #expect(second.fence > first.fence)
            var other = SampleAgent(id: "beta-agent")
            other.journal = "journal-2"
            other.session = "session-2"
            try await other.exchange(sample, .hello, now: later)
            try await Self.start(&other, sample, now: later)
            #expect(try await Self.task(sample) == ["running", String(second.fence.rawValue), "-"])

            // The silent site had completed it: that counts, and so does what it used; once, however often it is told.
            silent.end(first, .completed, seconds: 1800, now: SampleBook.start)
            let told = silent.events
            try await silent.exchange(sample, now: later)
            #expect(try await Self.task(sample) == ["completed", "-", String(first.fence.rawValue)])
            silent.events = told
            try await silent.exchange(sample, now: later)
            #expect(try await Self.balance(sample, SampleBook.budget).spent == Self.units(seconds: 1800))
            #expect(try await Self.balance(sample, SampleBook.budget).held == .zero)

            // The newer attempt is told to stop; it completes all the same, is charged for, and completes nothing.
            #expect(try await other.exchange(sample, now: later).cancel == [second])
            other.end(second, .completed, seconds: 600, now: later)
            try await other.exchange(sample, now: later)
            #expect(try await Self.task(sample) == ["completed", "-", String(first.fence.rawValue)])
            #expect(try await Self.balance(sample, "beta-cuni").spent == Self.units(seconds: 600))
            #expect(try await Self.balance(sample, "beta-cuni").held == .zero)
            let settled = try await sample.pool.query(
                "SELECT attempt FROM ledger_entry WHERE kind = 'settle' ORDER BY id")
            #expect(
                try settled.map { try $0.decode("attempt", as: String.self) } == ["\(first)", "\(second)"])
            #expect(try await sample.proof().faults == [])
        }
    }

    /// Takes the one offer and reports it as started.
    private static func start(_ agent: inout SampleAgent, _ sample: SampleBook, now: Instant) async throws {
        let offer = try #require(try await agent.exchange(sample, now: now).offers.first)
        agent.note(.accepted(pack: offer.pack))
        agent.list(offer.members[0], of: offer, .accepted)
        #expect(try await agent.exchange(sample, now: now).confirmed == [offer.pack])
        agent.note(.submitted(pack: offer.pack, job: "1"))
        agent.note(.started(attempt: offer.members[0].attempt, at: now))
        agent.list(offer.members[0], of: offer, .started)
        try await agent.exchange(sample, now: now)
    }

    /// The only task's state, live fence and completing fence.
    private static func task(_ sample: SampleBook) async throws -> [String] {
        let rows = try await sample.pool.query(
            """
            SELECT state, coalesce(live::text, '-') AS live, coalesce(completed_by::text, '-') AS done
            FROM task
            """)
        return try ["state", "live", "done"].map { try rows[0].decode($0, as: String.self) }
    }

    private static func balance(_ sample: SampleBook, _ id: BudgetID) async throws -> BalanceView {
        let budgets = try await BudgetStore(pool: sample.pool, settings: ExchangeSettings()).views(for: nil)
        return try #require(budgets.first { $0.id == id }).balance
    }

    private static func units(seconds: Int64) -> Amount {
        Amount(thousandths: seconds * Amount.perUnit / 3600)
    }
}
