/// A grant of units at one site, as the programme's document states it.
public struct ProgrammeAllocation: Hashable, Sendable, Codable {
    /// The allocation.
    public var id: AllocationID
    /// The site.
    public var site: SiteID
    /// The account there that jobs are charged to.
    public var account: String
    /// The only partitions that it pays for, or empty for all.
    public var partitions: [PartitionID]
    /// When its period begins.
    public var from: Instant
    /// When it ends.
    public var until: Instant
    /// How much was granted, in the site's unit.
    public var amount: Amount
    /// Where that is written.
    public var source: String

    /// An allocation of that amount for that period.
    public init(
        id: AllocationID, site: SiteID, account: String, partitions: [PartitionID] = [], from: Instant,
        until: Instant, amount: Amount, source: String
    ) {
        self.id = id
        self.site = site
        self.account = account
        self.partitions = partitions
        self.from = from
        self.until = until
        self.amount = amount
        self.source = source
    }
}
