/// Why a usage cannot be turned into a charge.
public enum TariffFault: Error, Hashable, Sendable {
    /// The site has no tariff at all for that partition.
    case noTariff(SiteID, PartitionID)
    /// The usage is too large for a 64-bit amount, so it cannot be real.
    case tooLarge(SiteID, PartitionID)

    /// The reason in words.
    public var inWords: String {
        switch self {
        case .noTariff(let site, let partition): "\(site) has no tariff for its partition \(partition)"
        case .tooLarge(let site, let partition):
            "the usage at \(site), partition \(partition), is larger than any amount can be"
        }
    }
}
