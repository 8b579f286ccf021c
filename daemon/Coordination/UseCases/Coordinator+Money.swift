public import Federation
import Store

extension Coordinator {
    /// Budgets that the member may see, by site and name.
    public func budgets(by principal: Principal) async throws -> [BudgetView] {
        try await CoordinationError.translating { try await stores.budgets.views(for: scope(of: principal)) }
    }

    /// Lines of the ledger in order, a page at a time.
    public func entries(
        filter: EntryFilter, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [EntryView], next: String?) {
        try await CoordinationError.translating {
            try await stores.ledger.page(
                filter: filter, budgets: scope(of: principal), after: cursor, limit: bounded(limit))
        }
    }

    /// How the grants of one site, or of all, went over time, as far as the member may see their budgets.
    public func burnDown(site: SiteID? = nil, by principal: Principal) async throws -> [BurnStep] {
        try await CoordinationError.translating {
            try await stores.burnDown.steps(site: site, budgets: scope(of: principal))
        }
    }

    /// The lines of a sealed block exactly as they were hashed: behind the 32 bytes of `BlockView.previous`,
    /// `sha256sum` gives the block's hash.
    public func lines(block: Int64, by principal: Principal) async throws -> String {
        try await CoordinationError.translating {
            try mustBe([.manager, .auditor], principal, to: "read whole blocks")
            return try await stores.ledger.lines(block: block)
        }
    }

    /// Sealed blocks in order, a page at a time.
    public func blocks(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [BlockView], next: String?) {
        try await CoordinationError.translating {
            try await stores.ledger.blocks(after: cursor, limit: bounded(limit))
        }
    }

    /// Usage and charges of the work done in that time, summed by `site`, `partner`, `workPackage`, `language`,
    /// `activity`, `month`, `kind`, `model`, `campaign`, `budget`.
    public func usage(
        dimensions: [String], from: Instant, until: Instant, by principal: Principal
    ) async throws -> [UsageView] {
        try await CoordinationError.translating {
            try await stores.usage.sums(by: dimensions, from: from, until: until, of: scope(of: principal))
        }
    }

    /// Proves the whole book with one query.
    public func checkLedger() async throws -> LedgerCheckView {
        try await CoordinationError.translating { try await stores.proof.check() }
    }

    /// Gives a budget units of its allocation; an overrun is paid first. The amount is in units (`1500`, `0.5`).
    public func grant(budget: BudgetID, amount: String, reason: String, by principal: Principal) async throws
    {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "grant")
            try mustSay(reason)
            let unit = try await stores.budgets.unit(of: budget)
            try await stores.budgets.grant(
                try self.amount(amount, unit), to: budget, reason: reason, by: principal.pseudonym,
                now: settings.now())
            signals.placeable()
        }
    }

    /// Moves units between two budgets of one allocation.
    public func transfer(
        from: BudgetID, to: BudgetID, amount: String, reason: String, by principal: Principal
    ) async throws {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "transfer")
            try mustSay(reason)
            let unit = try await stores.budgets.unit(of: from)
            try await stores.budgets.transfer(
                try self.amount(amount, unit), from: from, to: to, reason: reason, by: principal.pseudonym,
                now: settings.now())
            signals.placeable()
        }
    }

    /// Gives up the hold of an attempt that no site will ever settle.
    public func writeOff(attempt: AttemptKey, reason: String, by principal: Principal) async throws {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "write off")
            try mustSay(reason)
            let now = settings.now()
            let closed = Set(try await stores.sites.retired().keys)
            var scope = BookScope()
            scope.attempts = [attempt]
            let changed = try await stores.book.change(scope, now: now) { book in
                try book.writeOff(
                    attempt: attempt, by: principal.pseudonym, reason: reason,
                    siteIsRetired: book.attempts[attempt].map { closed.contains($0.site) } ?? false, now: now)
            }
            try await followUp.after(changed, now: now)
            signals.placeable()
        }
    }

    /// A decimal, with or without the unit's name behind it.
    private func amount(_ text: String, _ unit: String) throws -> Amount {
        do {
            return try AmountText.amount(text.contains(" ") ? text : "\(text) \(unit)", unit: unit)
        } catch {
            throw CoordinationError(
                .invalid, "\"\(text)\" is not an amount of \(unit): write it like 1500 or 0.25")
        }
    }
}
