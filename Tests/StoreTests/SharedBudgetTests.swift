import Federation
import Postgres
import Store
import TestKit
import Testing

/// A budget that many transactions want at once: it is locked for their last moment only, and never overspent.
@Suite struct SharedBudgetTests {
    private static let all = Amount(units: 4000)

    private func blocked(_ sample: SampleBook) async throws {
        while true {
            let rows = try await sample.pool.query(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND datname = current_database()
                """)
            if try rows[0].decode(0, as: Int.self) > 0 { return }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Begins `call`, and holds that much of the budget while it waits for the row.
    private func holding<T: Sendable>(
        _ amount: Amount, _ sample: SampleBook, _ call: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        let task = try await sample.pool.transaction { connection in
            try await connection.execute(
                """
                UPDATE budget SET available = available - \(amount), held = held + \(amount)
                WHERE id = \(SampleBook.budget)
                """)
            let task = Task { try await call() }
            try await blocked(sample)
            return task
        }
        return try await task.value
    }

    private func balance(_ sample: SampleBook) async throws -> BalanceView {
        let views = try await BudgetStore(pool: sample.pool, settings: ExchangeSettings()).views(for: nil)
        return try #require(views.first { $0.id == SampleBook.budget }).balance
    }

    /// An attempt of the one task in the book that is confirmed, submitted and about to end after so many seconds.
    private func running(_ sample: SampleBook, seconds: Int64) async throws -> SampleAgent {
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
        agent.end(key, .completed, seconds: seconds, now: SampleBook.start)
        return agent
    }

    @Test func claimersWhoShareNoTransactionNeverOverspend() async throws {
        try await SampleBook.use(poolSize: 9) { sample in
            _ = try await sample.submit(SampleBook.specs(400), key: "k")
            let claimed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let queue = QueueStore(pool: sample.pool, settings: ExchangeSettings())
                        var count = 0
                        for _ in 0..<12 {
                            let packs = try await sample.proposals(limit: 40, hold: Amount(units: 25))
                            let some = Array(packs.shuffled().prefix(20))
                            count += try await queue.claim(some, epoch: 1, now: SampleBook.start).count
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(claimed == 160)
            let balance = try await balance(sample)
            #expect(balance.available == .zero)
            #expect(balance.held == Self.all)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aClaimLeavesInTheQueueWhatDoesNotFitAnyMore() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(3), key: "k")
            let packs = try await sample.proposals(hold: Amount(units: 1000))
            let taken = Amount(units: 1500)
            let keys = try await holding(taken, sample) { try await sample.claim(packs) }
            #expect(keys.map(\.task.index) == [0, 1])
            #expect(try await sample.proposals().count == 1)
            #expect(try await balance(sample).available == Amount(units: 500))
            try await sample.pool.execute(
                """
                UPDATE budget SET available = available + \(taken), held = held - \(taken)
                WHERE id = \(SampleBook.budget)
                """)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aSettlementAddsToWhatOthersBookedMeanwhile() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            var agent = try await running(sample, seconds: 1800)
            let document = agent.document()
            let taken = Amount(units: 100)
            let applied = try await holding(taken, sample) {
                try await sample.exchanges.apply(document, now: SampleBook.start)
            }
            #expect(applied.ended.count == 1)
            let half = Amount(thousandths: Amount.perUnit / 2)
            let balance = try await balance(sample)
            #expect(balance.spent == half)
            #expect(balance.held == taken)
            #expect(balance.available == Self.all - taken - half)
        }
    }

    /// It uses a unit more than it held, and the last one that was available is gone when it is booked.
    @Test func aChargeThatIsNotCoveredAnyMoreIsOverrun() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            var agent = try await running(sample, seconds: 7200)
            let document = agent.document()
            let taken = Self.all - Amount(units: 1)
            _ = try await holding(taken, sample) {
                try await sample.exchanges.apply(document, now: SampleBook.start)
            }
            let balance = try await balance(sample)
            #expect(balance.spent == Amount(units: 2))
            #expect(balance.held == taken)
            #expect(balance.available == .zero)
            #expect(balance.overrun == Amount(units: 1))
        }
    }
}
