/// A site's unit and all its tariffs: what the rules need to turn usages into charges.
public struct PriceList: Hashable, Sendable, Codable {
    /// The site.
    public var site: SiteID
    /// What its amounts are called (`GPU-hours`, `core-hours`, `SBU`).
    public var unit: String
    /// The rows of all its partitions.
    public var tariffs: [Tariff]

    /// The list of that site.
    public init(site: SiteID, unit: String, tariffs: [Tariff]) {
        self.site = site
        self.unit = unit
        self.tariffs = tariffs
    }
}
