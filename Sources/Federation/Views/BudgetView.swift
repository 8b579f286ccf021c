/// A budget as people see it.
public struct BudgetView: Hashable, Sendable, Codable {
    /// The budget.
    public var id: BudgetID
    /// The allocation it is a share of.
    public var allocation: AllocationID
    /// The site whose unit it is in.
    public var site: SiteID
    /// The unit's name.
    public var unit: String
    /// The partner that may spend it, or nil for all.
    public var partner: PartnerID?
    /// The work package that it is for, or nil for all.
    public var workPackage: WorkPackageID?
    /// The figures.
    public var balance: BalanceView
    /// When the allocation's period begins.
    public var from: Instant
    /// When it ends.
    public var until: Instant

    /// A budget with those figures.
    public init(
        id: BudgetID, allocation: AllocationID, site: SiteID, unit: String, partner: PartnerID?,
        workPackage: WorkPackageID?, balance: BalanceView, from: Instant, until: Instant
    ) {
        self.id = id
        self.allocation = allocation
        self.site = site
        self.unit = unit
        self.partner = partner
        self.workPackage = workPackage
        self.balance = balance
        self.from = from
        self.until = until
    }
}
