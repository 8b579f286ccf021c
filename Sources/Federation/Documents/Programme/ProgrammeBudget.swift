/// A share of an allocation, as the programme's document states it.
public struct ProgrammeBudget: Hashable, Sendable, Codable {
    /// The budget.
    public var id: BudgetID
    /// The allocation it is a share of.
    public var allocation: AllocationID
    /// The only partner that may spend it, or nil for all.
    public var partner: PartnerID?
    /// The only work package that it is for, or nil for all.
    public var workPackage: WorkPackageID?
    /// How much, in the site's unit.
    public var amount: Amount

    /// A share of that amount.
    public init(
        id: BudgetID, allocation: AllocationID, partner: PartnerID? = nil, workPackage: WorkPackageID? = nil,
        amount: Amount
    ) {
        self.id = id
        self.allocation = allocation
        self.partner = partner
        self.workPackage = workPackage
        self.amount = amount
    }
}
