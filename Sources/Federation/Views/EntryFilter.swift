/// What a list of ledger entries is narrowed to; nil means any.
public struct EntryFilter: Sendable, Hashable {
    /// The site.
    public var site: SiteID?
    /// The budget.
    public var budget: BudgetID?
    /// The attempt.
    public var attempt: AttemptKey?
    /// The month of the work, `2026-11`.
    public var month: String?
    /// The first sealed block whose entries count; those that no block holds yet always do.
    public var sinceBlock: Int64?

    /// Any entry.
    public init() {}
}
