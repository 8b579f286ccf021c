/// A batch system that bills by itself, and to something else than the tariff gives for the same usage: one of the two
/// is wrong, and what the centre believes was used is not what the book says.
///
/// The batch system cuts what it bills to a whole number, where a centre's rule may round begun parts up; so both are
/// worked out anew from cores, memory and devices, and what lies between them is no difference.
public struct BillingDifference: Hashable, Sendable {
    /// What the batch system bills an hour at.
    public var site: Int64
    /// What the tariff gives for an hour, thousandths of a unit.
    public var own: Int64
    /// What was used.
    public var usage: Usage
    /// The site's unit.
    public var unit: String

    /// Nil where the batch system does not bill, or bills what the tariff gives give or take so many percent.
    public init?(of usage: Usage, by prices: PriceList, tolerancePercent: Int64) {
        guard let billing = usage.billing, let rates = prices.ratesPerHour(of: usage) else { return nil }
        let percent = Int128(max(0, tolerancePercent))
        let least = rates.lowerBound / 1000 * 1000 - rates.lowerBound * percent / 100
        let most = (rates.upperBound + 999) / 1000 * 1000 + rates.upperBound * percent / 100
        guard Int128(billing) * 1000 < least || Int128(billing) * 1000 > most else { return nil }
        site = billing
        own = Int64(clamping: rates.upperBound)
        self.usage = usage
        unit = prices.unit
    }

    /// Both figures, the same words for all jobs of the same make-up.
    public var inWords: String {
        let devices = usage.devicesPerNode > 0 ? ", \(usage.devicesPerNode) devices" : ""
        let node = "\(usage.coresPerNode) cores, \(usage.memoryMiBPerNode) MiB\(devices)"
        let hour = Amount(thousandths: own.multipliedReportingOverflow(by: 3600).partialValue)
        return
            "an hour of \(usage.nodes) nodes of \(usage.partition) (\(node) each) is \(site) by the batch system's "
            + "own billing and \(hour.units) \(unit) by the tariff"
    }
}
