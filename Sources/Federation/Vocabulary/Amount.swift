/// An amount of a site's own unit (GPU-hour, core-hour, SBU), in thousandths of a unit-second:
/// one unit is 3,600,000. A 64-bit integer, so nothing is ever lost to rounding between two sums.
public struct Amount: Hashable, Sendable, Comparable, Codable {
    /// Thousandths of a unit-second.
    public var thousandths: Int64

    /// So many thousandths of a unit-second.
    public init(thousandths: Int64) { self.thousandths = thousandths }

    /// So many whole units; traps on more than 2.5 × 10^12 units, so outside input goes through `Amount(parsing:)`.
    public init(units: Int64) { thousandths = units * Amount.perUnit }

    /// Reads the thousandths from a JSON string: above 2^53 a JSON number would lose digits in a browser.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Int64(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an amount is a whole number in a string, not \"\(text)\"")
        }
        thousandths = value
    }

    /// Writes the thousandths as a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(thousandths))
    }

    /// Thousandths of a unit-second in one unit.
    public static let perUnit: Int64 = 3_600_000
    /// Nothing.
    public static let zero = Amount(thousandths: 0)

    /// The smaller amount first.
    public static func < (left: Amount, right: Amount) -> Bool { left.thousandths < right.thousandths }
    /// The sum; traps on overflow, which 2.5 × 10^12 units would take.
    public static func + (left: Amount, right: Amount) -> Amount {
        Amount(thousandths: left.thousandths + right.thousandths)
    }
    /// The difference; may be negative.
    public static func - (left: Amount, right: Amount) -> Amount {
        Amount(thousandths: left.thousandths - right.thousandths)
    }
    /// Adds in place.
    public static func += (left: inout Amount, right: Amount) { left = left + right }
    /// Subtracts in place.
    public static func -= (left: inout Amount, right: Amount) { left = left - right }
    /// The same amount with the other sign.
    public static prefix func - (amount: Amount) -> Amount { Amount(thousandths: -amount.thousandths) }

    /// The amount in units as a decimal with three digits, cut towards zero: for people, never for sums.
    public var units: String {
        let magnitude = thousandths.magnitude
        let whole = magnitude / UInt64(Amount.perUnit)
        let fraction = (magnitude % UInt64(Amount.perUnit)) * 1000 / UInt64(Amount.perUnit)
        let digits = String(fraction)
        let padded = String(repeating: "0", count: 3 - digits.count) + digits
        return (thousandths < 0 ? "-" : "") + "\(whole).\(padded)"
    }
}
