/// A budget's or an allocation's figures, in its site's unit; amounts travel as strings of thousandths of a
/// unit-second (`Amount`). Always granted + overrun = available + held + spent + expired.
public struct BalanceView: Hashable, Sendable, Codable {
    /// What was granted.
    public var granted: Amount
    /// What was charged beyond everything available.
    public var overrun: Amount
    /// What may still be held.
    public var available: Amount
    /// What live attempts hold.
    public var held: Amount
    /// What was charged.
    public var spent: Amount
    /// What was left when the period ended.
    public var expired: Amount

    /// Those figures.
    public init(
        granted: Amount, overrun: Amount, available: Amount, held: Amount, spent: Amount, expired: Amount
    ) {
        self.granted = granted
        self.overrun = overrun
        self.available = available
        self.held = held
        self.spent = spent
        self.expired = expired
    }

    /// Whether the equation holds, nothing is negative, and nothing is available beside an overrun.
    public var isBalanced: Bool {
        granted + overrun == available + held + spent + expired
            && [overrun, available, held, spent, expired].allSatisfy { $0 >= .zero }
            && (available == .zero || overrun == .zero)
    }

    /// Nothing.
    public static let zero = BalanceView(
        granted: .zero, overrun: .zero, available: .zero, held: .zero, spent: .zero, expired: .zero)

    /// The sums, figure by figure.
    public static func + (left: BalanceView, right: BalanceView) -> BalanceView {
        BalanceView(
            granted: left.granted + right.granted, overrun: left.overrun + right.overrun,
            available: left.available + right.available, held: left.held + right.held,
            spent: left.spent + right.spent, expired: left.expired + right.expired)
    }
}
