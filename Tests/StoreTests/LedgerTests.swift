import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct LedgerTests {
    @Test(arguments: [
        "UPDATE ledger_entry SET amount = 0", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry CASCADE",
        "UPDATE ledger_block SET hash = previous", "DELETE FROM ledger_seal",
    ])
    func theBookRefusesEverythingButAppending(_ statement: String) async throws {
        try await SampleBook.use { sample in
            _ = try await LedgerStore(pool: sample.pool).seal(now: SampleBook.start) { _, _ in
                (String(repeating: "a", count: 64), "signature")
            }
            await #expect(throws: PostgresError.self) {
                try await sample.pool.execute(SQL(unsafe: statement))
            }
        }
    }

    @Test func noFigureMayLeaveItsPlace() async throws {
        try await SampleBook.use { sample in
            for statement in [
                "UPDATE budget SET available = available + 1",
                "UPDATE budget SET held = -1, available = available + 1",
                "UPDATE budget SET overrun = 1, spent = 1",
            ] {
                await #expect(throws: PostgresError.self) {
                    try await sample.pool.execute(SQL(unsafe: statement))
                }
            }
        }
    }

    @Test func grantsAndTransfersKeepTheBook() async throws {
        try await SampleBook.use { sample in
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            let by = SampleBook.manager
            let now = SampleBook.start
            try await budgets.grant(
                Amount(units: 5000), to: SampleBook.budget, reason: "more", by: by, now: now)
            await #expect(throws: StoreFault.self) {
                try await budgets.grant(
                    Amount(units: 1), to: SampleBook.budget, reason: "too much", by: by, now: now)
            }
            try await budgets.transfer(
                Amount(units: 400), from: SampleBook.budget, to: "alpha-all", reason: "shift", by: by,
                now: now)
            await #expect(throws: StoreFault.self) {
                try await budgets.transfer(
                    Amount(units: 1), from: SampleBook.budget, to: "beta-cuni", reason: "abroad", by: by,
                    now: now)
            }
            await #expect(throws: LedgerFault.self) {
                try await budgets.transfer(
                    Amount(units: 9000), from: SampleBook.budget, to: "alpha-all", reason: "too much", by: by,
                    now: now)
            }
            let proof = try await sample.proof()
            #expect(proof.faults == [])
            #expect(proof.sites["alpha"]?.granted == Amount(units: 10_000))
            #expect(proof.units["alpha"] == "core-hours")
        }
    }

    @Test func whatIsLeftExpiresAtThePeriodsEnd() async throws {
        try await SampleBook.use { sample in
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            let end = Instant(seconds: 1_830_000_000)
            #expect(try await budgets.expireEnded(now: end).count == 3)
            #expect(try await budgets.expireEnded(now: end).isEmpty)
            let proof = try await sample.proof()
            #expect(proof.faults == [])
            #expect(proof.sites["alpha"]?.expired == Amount(units: 5000))
        }
    }

    @Test func theProofFindsWhatDoesNotAddUp() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            _ = try await sample.claim(try await sample.proposals())
            #expect(try await sample.proof().balanced)
            try await sample.pool.execute("UPDATE attempt SET hold = hold - 1")
            let proof = try await sample.proof()
            #expect(!proof.balanced)
            #expect(proof.faults.count == 1)
        }
    }

    @Test func numbersHaveNoGapWhateverWasRolledBack() async throws {
        try await SampleBook.use { sample in
            let ledger = LedgerStore(pool: sample.pool)
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            for _ in 0..<3 {
                try? await budgets.grant(
                    Amount(units: 99_999), to: SampleBook.budget, reason: "no", by: SampleBook.manager,
                    now: SampleBook.start)
                try await budgets.grant(
                    Amount(units: 1), to: SampleBook.budget, reason: "yes", by: SampleBook.manager,
                    now: SampleBook.start)
            }
            let open = try await ledger.page(filter: EntryFilter(), budgets: nil, after: nil, limit: 100)
                .items
            #expect(open.map(\.number) == Array(1...6))
            let sealed = try await ledger.seal(now: SampleBook.start) { _, _ in
                (String(repeating: "b", count: 64), "signature")
            }
            #expect(sealed?.lastEntry == 6)
            var numbers: [Int64] = []
            var cursor: String?
            repeat {
                let page = try await ledger.page(filter: EntryFilter(), budgets: nil, after: cursor, limit: 4)
                numbers += page.items.map(\.number)
                cursor = page.next
            } while cursor != nil
            #expect(numbers == Array(1...6))
        }
    }
}
