/// Why a text is no amount of a site's unit.
public enum AmountFault: Error, Hashable, Sendable {
    /// It does not begin with a decimal, or one that is too large.
    case malformed(String, unit: String?)
    /// It names no unit.
    case noUnit(String, unit: String?)
    /// It names another unit than the site's.
    case wrongUnit(String, unit: String)

    /// The reason in words.
    public var inWords: String {
        switch self {
        case .malformed(let text, let unit):
            "\"\(text)\" is no amount: write a plain decimal and the unit, e.g. \"1200 \(unit ?? "core-hours")\""
        case .noUnit(let text, let unit):
            "\"\(text)\" names no unit: write \"\(text) \(unit ?? "core-hours")\""
        case .wrongUnit(let text, let unit): "\"\(text)\" is in another unit: this site counts in \(unit)"
        }
    }
}
