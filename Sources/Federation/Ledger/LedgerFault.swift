/// Why the book refuses a change.
public enum LedgerFault: Error, Hashable, Sendable {
    /// The amount is not positive.
    case notPositive(Amount)
    /// Less is available than asked for.
    case notEnough(available: Amount, wanted: Amount)
    /// More was spent than there was: nothing is held before that is paid.
    case overrun(Amount)
    /// The allocation's period is over.
    case periodEnded(Instant)

    /// The reason in words; amounts in units, so the caller adds the unit's name.
    public var inWords: String {
        switch self {
        case .notPositive(let amount): "the amount must be more than nothing, not \(amount.units)"
        case .notEnough(let available, let wanted): "\(wanted.units) wanted, \(available.units) available"
        case .overrun(let amount): "overspent by \(amount.units): the next grant pays that first"
        case .periodEnded: "the allocation's period is over"
        }
    }
}
