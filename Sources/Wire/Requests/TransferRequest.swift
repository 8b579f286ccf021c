public import Federation

/// Units that move between two budgets of one allocation.
public struct TransferRequest: WireRequest {
    /// The budget they leave.
    public var from: BudgetID
    /// The budget they go to.
    public var to: BudgetID
    /// Units as a decimal.
    public var amount: String
    /// Why, for auditors.
    public var reason: String

    /// A request with that content.
    public init(from: BudgetID, to: BudgetID, amount: String, reason: String) {
        self.from = from
        self.to = to
        self.amount = amount
        self.reason = reason
    }

    /// Its keys.
    public static let members: Set<String> = ["from", "to", "amount", "reason"]
}
