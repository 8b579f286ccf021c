/// Numbers as options carry them: digits and nothing else.
enum WholeNumber {
    /// The number, or nil for anything else than 1 to that many digits.
    static func read(_ text: some StringProtocol, digits: Int = 9) -> Int? {
        guard (1...digits).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }

    /// A product that stays at a number far beyond every machine's rather than overflow.
    static func product(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? 1 << 50 : min(product, 1 << 50)
    }
}
