extension Tariff {
    /// What a node of that make-up costs, in thousandths of a unit an hour, rounded to the nearest. The only place
    /// where a tariff rounds: everything after it is exact, so a usage may be cut at any month or change of tariff
    /// without losing or gaining anything. Nil when it overflows. Without `roundingUp` begun parts of a term count as
    /// what they are.
    public func ratePerNode(cores: Int, memoryMiB: Int, devices: Int, roundingUp: Bool = true) -> Int64? {
        var dearest: Int64 = 0
        for term in terms {
            let amount: Int64 =
                switch term.measure {
                case .node: 1
                case .cores: Int64(cores)
                case .memoryMiB: Int64(memoryMiB)
                case .devices: Int64(devices)
                }
            guard term.per > 0, amount >= 0,
                let value = Tariff.value(of: term, amount: amount, roundingUp: roundingUp)
            else {
                return nil
            }
            dearest = max(dearest, value, term.minimumThousandths)
        }
        let (product, overflow) = dearest.multipliedReportingOverflow(by: factorThousandths)
        return overflow ? nil : (product + 500) / 1000
    }

    private static func value(of term: TariffTerm, amount: Int64, roundingUp: Bool) -> Int64? {
        if term.roundedUp, roundingUp {
            let whole = amount / term.per + (amount % term.per == 0 ? 0 : 1)
            let (product, overflow) = whole.multipliedReportingOverflow(by: term.weightThousandths)
            return overflow ? nil : product
        }
        let (product, overflow) = amount.multipliedReportingOverflow(by: term.weightThousandths)
        guard !overflow, product <= Int64.max - term.per else { return nil }
        return (product + term.per / 2) / term.per
    }
}
