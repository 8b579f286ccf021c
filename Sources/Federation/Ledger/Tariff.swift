/// A dated row that turns a usage into an amount of the site's own unit:
/// factor × hours × Σ over nodes of the maximum over the terms.
public struct Tariff: Hashable, Sendable, Codable {
    /// The partition it is for.
    public var partition: PartitionID
    /// It holds from this moment…
    public var from: Instant
    /// …to this one, or until a later row begins.
    public var until: Instant?
    /// Multiplies everything, in thousandths (LUMI's small-g: 500).
    public var factorThousandths: Int64
    /// The terms, of which the largest counts; not empty.
    public var terms: [TariffTerm]
    /// Where the row comes from (a page, a version, a date).
    public var source: String
    /// Whether somebody has checked the row against the site.
    public var verified: Bool

    /// A row for that partition and period.
    public init(
        partition: PartitionID, from: Instant, until: Instant? = nil, factorThousandths: Int64 = 1000,
        terms: [TariffTerm], source: String, verified: Bool = false
    ) {
        self.partition = partition
        self.from = from
        self.until = until
        self.factorThousandths = factorThousandths
        self.terms = terms
        self.source = source
        self.verified = verified
    }
}
