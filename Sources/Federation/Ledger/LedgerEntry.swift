/// One line of the book, append-only. Holds live with the attempts; only what changed the accounts for good
/// stands here.
public struct LedgerEntry: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// Units came in from the site's grant.
        case grant
        /// An attempt's charge became final and its hold was released.
        case settle
        /// A later record changed a charge.
        case adjust
        /// Units moved between two budgets of one allocation (two entries, one negative).
        case transfer
        /// What was left when the period ended.
        case expire
        /// A manager gave up a hold that no site will ever settle.
        case writeOff
    }

    /// What happened.
    public var kind: Kind
    /// The budget concerned, or nil for the suspense account of a site.
    public var budget: BudgetID?
    /// The site whose unit the amount is in.
    public var site: SiteID
    /// The change of the budget's `granted` (grant, transfer), `spent` (settle, adjust) or `expired` (expire).
    public var amount: Amount
    /// What of a hold came back with it (settle, writeOff).
    public var released: Amount
    /// The attempt concerned, if any.
    public var attempt: AttemptKey?
    /// When the work that is charged was done, or the grant was made: the entry's month in reports.
    public var effective: Instant
    /// Why, in a few words for people (`final record`, `re-read after 1 day`, a manager's own text).
    public var reason: String
    /// The usage that was charged, as JSON for auditors, if any.
    public var usage: Usage?
    /// The pseudonym of the member who caused it, if a person did.
    public var by: MemberID?

    /// An entry with the given content.
    public init(
        kind: Kind, budget: BudgetID?, site: SiteID, amount: Amount, released: Amount = .zero,
        attempt: AttemptKey? = nil, effective: Instant, reason: String, usage: Usage? = nil,
        by: MemberID? = nil
    ) {
        self.kind = kind
        self.budget = budget
        self.site = site
        self.amount = amount
        self.released = released
        self.attempt = attempt
        self.effective = effective
        self.reason = reason
        self.usage = usage
        self.by = by
    }
}
