/// Amounts as people write them: a decimal and the site's own unit, `1200 core-hours`.
public enum AmountText {
    /// Reads an amount of that unit; the fault says in words what is wrong.
    public static func amount(_ text: String, unit: String?) throws(AmountFault) -> Amount {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard let first = parts.first else { throw .malformed(text, unit: unit) }
        guard let thousandths = DecimalText.scaled(first, by: Amount.perUnit) else {
            throw .malformed(text, unit: unit)
        }
        guard parts.count == 2 else { throw .noUnit(text, unit: unit) }
        if let unit, !same(String(parts[1]), unit) { throw .wrongUnit(text, unit: unit) }
        return Amount(thousandths: thousandths)
    }

    /// Whether two spellings are one unit: case and a plural `s` do not matter.
    static func same(_ left: String, _ right: String) -> Bool { singular(left) == singular(right) }

    private static func singular(_ text: String) -> String {
        let lower = text.lowercased().filter { $0 != " " }
        return lower.hasSuffix("s") ? String(lower.dropLast()) : lower
    }
}
