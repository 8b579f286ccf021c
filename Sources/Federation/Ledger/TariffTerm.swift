/// One term of a tariff: amount ÷ per, optionally rounded up.
public struct TariffTerm: Hashable, Sendable, Codable {
    /// What is counted on each node.
    public enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
        /// The node itself: 1.
        case node
        /// Cores held.
        case cores
        /// Memory held, mebibytes.
        case memoryMiB
        /// Devices held.
        case devices
    }

    /// What is counted.
    public var measure: Measure
    /// So much of it counts as one; positive.
    public var per: Int64
    /// A multiplier of this term alone, in thousandths: 128 SBU a GPU-hour is 128,000.
    public var weightThousandths: Int64
    /// Whether amount ÷ per is rounded up to a whole number.
    public var roundedUp: Bool
    /// The least that this term comes to on a node, in thousandths (a quarter node of 18 cores is 18,000).
    public var minimumThousandths: Int64

    /// A term that counts `measure` ÷ `per`.
    public init(
        measure: Measure, per: Int64 = 1, weightThousandths: Int64 = 1000, roundedUp: Bool = false,
        minimumThousandths: Int64 = 0
    ) {
        self.measure = measure
        self.per = per
        self.weightThousandths = weightThousandths
        self.roundedUp = roundedUp
        self.minimumThousandths = minimumThousandths
    }
}
