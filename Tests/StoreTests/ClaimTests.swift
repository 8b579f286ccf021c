import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct ClaimTests {
    @Test func holdsBudgetGivesAFenceAndOffers() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(3), key: "k")
            let claimed = try await sample.claim(try await sample.proposals(limit: 2))
            #expect(claimed.count == 2)
            #expect(claimed.allSatisfy { $0.fence == Fence(generation: 1, counter: 1) })
            let budget = try await BudgetStore(pool: sample.pool, settings: ExchangeSettings()).views(
                for: nil
            )
            .first { $0.id == SampleBook.budget }
            #expect(budget?.balance.held == Amount(units: 2))
            #expect(budget?.balance.available == Amount(units: 3998))
            #expect(try await sample.proposals().count == 1)
            #expect(try await sample.proof().faults == [])
        }
    }

    /// Demand is far above the grant: whatever the interleaving, the budget is spent to the last unit and no further.
    @Test func eightClaimersNeverOverspendOneBudget() async throws {
        try await SampleBook.use(poolSize: 9) { sample in
            _ = try await sample.submit(SampleBook.specs(400), key: "k")
            let hold = Amount(units: 25)  // 160 of them fit into 4000
            let claimed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var count = 0
                        for _ in 0..<12 {
                            let packs = try await sample.proposals(limit: 40, hold: hold).shuffled()
                            count += try await sample.claim(Array(packs.prefix(20))).count
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(claimed == 160)
            let rows = try await sample.pool.query(
                "SELECT available, held FROM budget WHERE id = \(SampleBook.budget)")
            #expect(try rows[0].decode("available", as: Amount.self) == .zero)
            #expect(try rows[0].decode("held", as: Amount.self) == Amount(units: 4000))
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aStaleEpochClaimsNothing() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let packs = try await sample.proposals()
            try await sample.pool.execute("UPDATE lease SET until = now() - interval '1 minute'")
            let epoch = try await LeaseStore(pool: sample.pool).acquire(holder: "successor", seconds: 60)
            #expect(epoch == 2)
            #expect(try await LeaseStore(pool: sample.pool).acquire(holder: "test", seconds: 60) == nil)
            await #expect(throws: StoreFault.staleEpoch(1)) { try await sample.claim(packs) }
            #expect(try await sample.proposals().count == 1)
        }
    }

    @Test func staleKeysAndUncoveredHoldsComeToNothing() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(3), key: "k")
            let packs = try await sample.proposals(hold: Amount(units: 2001))
            // Two of 2001 do not fit into 4000: the first one does.
            #expect(try await sample.claim(packs).count == 1)
            #expect(try await sample.claim(Array(packs.prefix(1))).isEmpty)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func quarantineAndDrainGetNoClaims() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let packs = try await sample.proposals()
            try await sample.pool.execute("UPDATE agent SET quarantined = true WHERE id = 'beta-agent'")
            #expect(try await sample.claim(packs).isEmpty)
            try await sample.pool.execute("UPDATE agent SET quarantined = false, drained = true")
            #expect(try await sample.claim(packs).isEmpty)
            try await sample.pool.execute("UPDATE agent SET drained = false")
            #expect(try await sample.claim(packs).count == 1)
        }
    }

    @Test func priorityGoesFirstThenAge() async throws {
        try await SampleBook.use { sample in
            var specs = SampleBook.specs(3)
            specs[2].priority = 10
            let entered = try await sample.submit(specs, key: "k")
            var order: [Int] = []
            for _ in 0..<3 {
                let keys = try await QueueStore(pool: sample.pool, settings: ExchangeSettings())
                    .ready(perShape: 10, now: SampleBook.start).sorted { $0.rank < $1.rank }
                let proposals = try await sample.proposals().filter { $0.members[0].key == keys[0] }
                order += try await sample.claim(proposals).map(\.task.index)
            }
            #expect(order == [2, 0, 1])
            #expect(entered.tasks == 3)
        }
    }
}
