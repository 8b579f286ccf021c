public import Federation

extension Coordinator {
    /// Budgets that the member may see, by site and name.
    public func budgets(by principal: Principal) async throws -> [BudgetView] { throw pending() }

    /// Lines of the ledger in order, a page at a time.
    public func entries(
        filter: EntryFilter, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [EntryView], next: String?) { throw pending() }

    /// The lines of a sealed block exactly as they were hashed: with `BlockView.previous` in front,
    /// `sha256sum` gives the block's hash.
    public func lines(block: Int64, by principal: Principal) async throws -> String { throw pending() }

    /// Sealed blocks in order, a page at a time.
    public func blocks(
        after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (items: [BlockView], next: String?) { throw pending() }

    /// Usage and charges of the work done in that time, summed by `site`, `partner`, `workPackage`, `language`,
    /// `activity`, `month`, `kind`, `model`, `campaign`.
    public func usage(
        dimensions: [String], from: Instant, until: Instant, by principal: Principal
    ) async throws -> [UsageView] { throw pending() }

    /// Proves the whole book with one query.
    public func checkLedger() async throws -> LedgerCheckView { throw pending() }

    /// Gives a budget units of its allocation; an overrun is paid first. The amount is in units (`1500`, `0.5`).
    public func grant(budget: BudgetID, amount: String, reason: String, by principal: Principal) async throws
    {
        throw pending()
    }

    /// Moves units between two budgets of one allocation.
    public func transfer(
        from: BudgetID, to: BudgetID, amount: String, reason: String, by principal: Principal
    ) async throws { throw pending() }

    /// Gives up the hold of an attempt that no site will ever settle.
    public func writeOff(attempt: AttemptKey, reason: String, by principal: Principal) async throws {
        throw pending()
    }
}
