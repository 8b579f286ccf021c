import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct BurnDownTests {
    @Test func aYearOfManyLinesIsOneStepADay() async throws {
        try await SampleBook.use { sample in
            let store = BurnDownStore(pool: sample.pool)
            let grants = try await store.steps(site: "alpha", budgets: nil)
            #expect(grants.map(\.granted) == [Amount(units: 5000)])
            try await book(sample, lines: 40_000, every: 800)
            let steps = try await store.steps(site: "alpha", budgets: nil)
            // 40,000 lines over 371 days, and the day of the grants.
            #expect(steps.count == 372, "\(steps.count)")
            #expect(steps.map(\.granted) == [Amount(units: 5000)] + [Amount](repeating: .zero, count: 371))
            let charged = steps.reduce(Amount.zero) { $0 + $1.charged }
            #expect(charged == Amount(thousandths: 40_000 * 7 - 5))
            #expect(steps.map(\.at) == steps.map(\.at).sorted())
            #expect(steps.last?.at == SampleBook.start.adding(seconds: 40_000 * 800))
            #expect(Set(try await store.steps(budgets: nil).map(\.site)) == ["alpha", "beta"])
        }
    }

    @Test func aYoungBookHasFinerSteps() async throws {
        try await SampleBook.use { sample in
            let store = BurnDownStore(pool: sample.pool)
            try await book(sample, lines: 100, every: 1)
            #expect(try await store.steps(site: "alpha", budgets: nil).count == 101)
            try await book(sample, lines: 1, every: 80_000)
            // Now by the minute: the grants, the charges of two minutes, and the last.
            #expect(try await store.steps(site: "alpha", budgets: nil).count == 4)
        }
    }

    @Test func whatExpiredIsGoneAndAPartnerSeesItsOwn() async throws {
        try await SampleBook.use { sample in
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            let store = BurnDownStore(pool: sample.pool)
            // Of the other partner: the budget that is for all.
            let others = try await store.steps(budgets: "utu")
            #expect(others.map(\.granted) == [Amount(units: 1000)])
            _ = try await budgets.expireEnded(now: Instant(seconds: 1_830_000_000))
            let left = try await store.steps(site: "alpha", budgets: nil)
            #expect(left.map(\.granted) == [Amount(units: 5000), Amount(units: -5000)])
            try await sample.pool.execute(
                """
                INSERT INTO ledger_entry (booked_at, effective, kind, budget, site, amount, reason)
                VALUES (\(SampleBook.start), \(SampleBook.start), 'settle', NULL, 'alpha', 5, 'suspense'),
                    (\(SampleBook.start), \(SampleBook.start), 'transfer', 'alpha-all', 'alpha', 5, 'shift')
                """)
            #expect(try await store.steps(site: "alpha", budgets: nil) == left)
        }
    }

    /// Charges of seven thousandths each, so many seconds apart, and one of them two less and an adjustment of three less.
    private func book(_ sample: SampleBook, lines: Int, every seconds: Int64) async throws {
        try await sample.pool.execute(
            """
            INSERT INTO ledger_entry (booked_at, effective, kind, budget, site, amount, reason)
            SELECT t, t, CASE WHEN n = 2 THEN 'adjust' ELSE 'settle' END, \(SampleBook.budget), 'alpha',
                CASE n WHEN 1 THEN 5 WHEN 2 THEN 4 ELSE 7 END, 'test'
            FROM generate_series(1, \(lines)) n,
                LATERAL (SELECT \(SampleBook.start)::timestamptz + n * \(seconds) * interval '1 second') AS w(t)
            """)
    }
}
