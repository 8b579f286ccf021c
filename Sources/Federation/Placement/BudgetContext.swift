/// What placement reads of a budget.
public struct BudgetContext: Hashable, Sendable {
    /// Its balance.
    public var balance: BudgetAccount
    /// The account at the site that its jobs are charged to.
    public var account: String
    /// The only partitions that it pays for, or empty for all.
    public var partitions: [PartitionID]
    /// The only partner that may spend it, or nil.
    public var partner: PartnerID?
    /// The only work package that it is for, or nil.
    public var workPackage: WorkPackageID?
    /// When its allocation's period begins; it ends with `balance.periodEnd`.
    public var periodStart: Instant

    /// A budget with that balance.
    public init(
        balance: BudgetAccount, account: String, partitions: [PartitionID] = [], partner: PartnerID? = nil,
        workPackage: WorkPackageID? = nil, periodStart: Instant
    ) {
        self.balance = balance
        self.account = account
        self.partitions = partitions
        self.partner = partner
        self.workPackage = workPackage
        self.periodStart = periodStart
    }

    /// How specific it is: partner and work package, partner, work package, common.
    var specificity: Int { (partner == nil ? 0 : 2) + (workPackage == nil ? 0 : 1) }

    /// Whether a partner may spend it for a work package.
    func isFor(_ partner: PartnerID, _ workPackage: WorkPackageID?) -> Bool {
        (self.partner == nil || self.partner == partner)
            && (self.workPackage == nil || self.workPackage == workPackage)
    }
}
