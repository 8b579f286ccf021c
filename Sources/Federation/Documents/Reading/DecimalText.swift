/// Decimals without floating point: digits, perhaps a point and more digits.
enum DecimalText {
    /// The number times `scale`, rounded up where the digits go further; nil when it is no decimal or too large.
    static func scaled(_ text: some StringProtocol, by scale: Int64) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = digits(parts[0]) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return product }
        guard !parts[1].isEmpty, parts[1].utf8.count <= 9, let fraction = digits(parts[1]) else { return nil }
        var power: Int64 = 1
        for _ in 0..<parts[1].utf8.count { power *= 10 }
        let (scaledFraction, tooLarge) = fraction.multipliedReportingOverflow(by: scale)
        guard !tooLarge else { return nil }
        let (sum, wraps) = product.addingReportingOverflow(
            scaledFraction / power + (scaledFraction % power == 0 ? 0 : 1))
        return wraps ? nil : sum
    }

    private static func digits(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
