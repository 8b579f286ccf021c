/// A line of the ledger as an auditor sees it.
public struct EntryView: Hashable, Sendable, Codable {
    /// Its number, from 1 without a gap.
    public var number: Int64
    /// When it was booked.
    public var bookedAt: Instant
    /// When the work was done or the grant was made.
    public var effective: Instant
    /// What happened.
    public var kind: LedgerEntry.Kind
    /// The budget, or nil for the site's suspense account.
    public var budget: BudgetID?
    /// The site.
    public var site: SiteID
    /// The site's unit.
    public var unit: String
    /// The amount.
    public var amount: Amount
    /// What of a hold came back.
    public var released: Amount
    /// The attempt, if any.
    public var attempt: AttemptKey?
    /// Why, in words.
    public var reason: String
    /// The pseudonym of who caused it.
    public var by: MemberID?
    /// The sealed block that it stands in, once it does.
    public var block: Int64?

    /// A line with that content.
    public init(
        number: Int64, bookedAt: Instant, effective: Instant, kind: LedgerEntry.Kind, budget: BudgetID?,
        site: SiteID, unit: String, amount: Amount, released: Amount, attempt: AttemptKey?, reason: String,
        by: MemberID?, block: Int64?
    ) {
        self.number = number
        self.bookedAt = bookedAt
        self.effective = effective
        self.kind = kind
        self.budget = budget
        self.site = site
        self.unit = unit
        self.amount = amount
        self.released = released
        self.attempt = attempt
        self.reason = reason
        self.by = by
        self.block = block
    }
}
