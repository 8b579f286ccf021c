public import Federation

/// Units that come in.
public struct GrantRequest: WireRequest {
    /// The budget they go to.
    public var budget: BudgetID
    /// Units as a decimal with at most seven digits after the point (`1500`, `0.25`).
    public var amount: String
    /// Why, for auditors.
    public var reason: String

    /// A request with that content.
    public init(budget: BudgetID, amount: String, reason: String) {
        self.budget = budget
        self.amount = amount
        self.reason = reason
    }

    /// Its keys.
    public static let members: Set<String> = ["budget", "amount", "reason"]
}
