public import Federation
public import Postgres

/// Budgets: what managers do to them, and what time does.
public struct BudgetStore: Sendable {
    private let pool: Pool
    private let book: BookStore

    /// The budgets of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        book = BookStore(pool: pool, settings: settings)
    }

    /// Budgets by site and name; those that a partner may spend, or all.
    public func views(for partner: PartnerID?) async throws -> [BudgetView] {
        let rows = try await pool.query(
            """
            SELECT b.id, b.allocation, l.site, s.unit, b.partner, b.work_package, l.starts, l.ends,
                b.granted, b.overrun, b.available, b.held, b.spent, b.expired
            FROM budget b JOIN allocation l ON l.id = b.allocation JOIN site s ON s.id = l.site
            WHERE \(partner) IS NULL OR b.partner IS NULL OR b.partner = \(partner)
            ORDER BY l.site, b.id
            """)
        return try rows.map { row in
            BudgetView(
                id: try row.decode("id"), allocation: try row.decode("allocation"),
                site: try row.decode("site"),
                unit: try row.decode("unit"), partner: try row.decode("partner"),
                workPackage: try row.decode("work_package"), balance: try BalanceView(row: row),
                from: try row.decode("starts"), until: try row.decode("ends"))
        }
    }

    /// The unit in which a budget is kept.
    public func unit(of budget: BudgetID) async throws -> String {
        let rows = try await pool.query(
            """
            SELECT s.unit FROM budget b JOIN allocation l ON l.id = b.allocation JOIN site s ON s.id = l.site
            WHERE b.id = \(budget)
            """)
        guard let row = rows.first else { throw StoreFault.notFound("budget \(budget)") }
        return try row.decode("unit")
    }

    /// Gives a budget units of its allocation; what was overspent is paid first. Throws `LedgerFault`, and
    /// `StoreFault.conflict` when the allocation does not have so much left to give.
    public func grant(
        _ amount: Amount, to budget: BudgetID, reason: String, by member: MemberID, now: Instant
    ) async throws {
        try await change([budget], now: now) { book, sites in
            guard let site = sites[budget], book.budgets[budget] != nil else {
                throw StoreFault.notFound("budget \(budget)")
            }
            try book.budgets[budget]?.grant(amount)
            book.effects.append(
                .entry(
                    LedgerEntry(
                        kind: .grant, budget: budget, site: site, amount: amount, effective: now,
                        reason: reason,
                        by: member)))
        }
    }

    /// Moves available units between two budgets of one allocation. Throws `LedgerFault`, `StoreFault.conflict`.
    public func transfer(
        _ amount: Amount, from source: BudgetID, to target: BudgetID, reason: String, by member: MemberID,
        now: Instant
    ) async throws {
        guard source != target else { throw StoreFault.conflict("both budgets are \(source)") }
        try await change([source, target], now: now) { book, sites in
            for budget in [source, target] where book.budgets[budget] == nil {
                throw StoreFault.notFound("budget \(budget)")
            }
            guard let site = sites[source], let allocation = book.budgets[source]?.allocation,
                allocation == book.budgets[target]?.allocation
            else {
                throw StoreFault.conflict("\(source) and \(target) are not shares of one allocation")
            }
            try book.budgets[source]?.transferOut(amount)
            try book.budgets[target]?.grant(amount)
            for (budget, change) in [(source, -amount), (target, amount)] {
                book.effects.append(
                    .entry(
                        LedgerEntry(
                            kind: .transfer, budget: budget, site: site, amount: change, effective: now,
                            reason: reason, by: member)))
            }
        }
    }

    /// Turns what is left of budgets whose allocation's period is over into `expired`; answers which those were.
    public func expireEnded(now: Instant) async throws -> [BudgetID] {
        let rows = try await pool.query(
            """
            SELECT b.id FROM budget b JOIN allocation l ON l.id = b.allocation
            WHERE l.ends <= \(now) AND b.available > 0 ORDER BY b.id
            """)
        let ended: [BudgetID] = try rows.map { try $0.decode("id") }
        guard !ended.isEmpty else { return [] }
        try await change(Set(ended), now: now) { book, _ in
            // The entry follows from the difference; see `EffectWriter`.
            for id in ended { book.budgets[id]?.expire() }
        }
        return ended
    }

    private func change(
        _ budgets: Set<BudgetID>, now: Instant,
        _ rule: @Sendable (inout Book, [BudgetID: SiteID]) throws -> Void
    ) async throws {
        try await pool.transaction { connection in
            try await BookStore.change(connection, budgets, now: now, rule)
            try await Self.checkAllocations(connection, of: budgets)
        }
    }

    /// The budgets of an allocation never have more than it grants.
    static func checkAllocations(_ connection: Connection, of budgets: Set<BudgetID>) async throws {
        let rows = try await connection.query(
            """
            SELECT l.id, l.granted, sum(b.granted) AS given FROM allocation l JOIN budget b ON b.allocation = l.id
            WHERE l.id IN (SELECT allocation FROM budget WHERE id = ANY(\(budgets.sorted())))
            GROUP BY l.id HAVING sum(b.granted) > l.granted
            """)
        guard let row = rows.first else { return }
        let granted: Amount = try row.decode("granted")
        let given: Amount = try row.decode("given")
        throw StoreFault.conflict(
            "the budgets of allocation \(try row.decode("id", as: AllocationID.self)) would have \(given.units), "
                + "the allocation has \(granted.units)")
    }
}

extension BalanceView {
    /// Reads the six figures.
    init(row: Row) throws {
        self.init(
            granted: try row.decode("granted"), overrun: try row.decode("overrun"),
            available: try row.decode("available"), held: try row.decode("held"),
            spent: try row.decode("spent"),
            expired: try row.decode("expired"))
    }
}
