/// The proof query's answer: whether every budget and allocation balances, and the sums by site.
public struct LedgerCheckView: Hashable, Sendable, Codable {
    /// Entries in the ledger.
    public var entries: Int64
    /// Whether everything balances and the holds are the attempts' own.
    public var balanced: Bool
    /// What does not, in words.
    public var faults: [String]
    /// The sums by site.
    public var sites: [String: BalanceView]
    /// The sites' units.
    public var units: [String: String]

    /// An answer.
    public init(
        entries: Int64, balanced: Bool, faults: [String], sites: [String: BalanceView],
        units: [String: String]
    ) {
        self.entries = entries
        self.balanced = balanced
        self.faults = faults
        self.sites = sites
        self.units = units
    }
}
