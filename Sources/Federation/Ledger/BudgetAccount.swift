/// A budget's balance. Always: granted + overrun = available + held + spent + expired, none negative,
/// and available = 0 or overrun = 0.
public struct BudgetAccount: Hashable, Sendable {
    /// The budget.
    public var id: BudgetID
    /// The allocation it is a share of.
    public var allocation: AllocationID
    /// What was granted to it, transfers included.
    public var granted: Amount
    /// What was charged beyond everything available.
    public var overrun: Amount
    /// What may still be held.
    public var available: Amount
    /// What live attempts hold.
    public var held: Amount
    /// What was charged.
    public var spent: Amount
    /// What was left when its period ended.
    public var expired: Amount
    /// The end of the allocation's period: what comes back after it goes to `expired`.
    public var periodEnd: Instant

    /// An empty account.
    public init(id: BudgetID, allocation: AllocationID, periodEnd: Instant) {
        self.id = id
        self.allocation = allocation
        granted = .zero
        overrun = .zero
        available = .zero
        held = .zero
        spent = .zero
        expired = .zero
        self.periodEnd = periodEnd
    }
}
