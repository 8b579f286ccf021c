/// Memory as sbatch takes it: whole numbers with K, M, G or T, in either case, with or without B; without a unit M.
public struct MemorySize: Hashable, Sendable {
    /// Whole mebibytes, rounded up.
    public var mebibytes: Int

    /// So many mebibytes.
    public init(mebibytes: Int) { self.mebibytes = mebibytes }

    /// Reads a size; nil where sbatch takes it for none.
    public init?(_ text: String) {
        var digits = text[...]
        if digits.hasPrefix("+") { digits.removeFirst() }
        var unit = digits.drop { $0.isASCII && $0.isNumber }.lowercased()
        digits = digits.prefix { $0.isASCII && $0.isNumber }
        if unit.count == 2, unit.hasSuffix("b") { unit.removeLast() }
        guard let number = WholeNumber.read(digits) else { return nil }
        switch unit {
        case "k": mebibytes = (number + 1023) / 1024
        case "m", "": mebibytes = number
        case "g": mebibytes = number << 10
        case "t": mebibytes = number << 20
        default: return nil
        }
    }

    /// The size in words that sbatch reads back, the largest unit that is exact: `16G`, `1500M`.
    public var text: String {
        if mebibytes > 0, mebibytes % (1 << 20) == 0 { return "\(mebibytes >> 20)T" }
        if mebibytes > 0, mebibytes % 1024 == 0 { return "\(mebibytes >> 10)G" }
        return "\(mebibytes)M"
    }
}
