/// A site as a manager describes it: what it has, what it costs, and who may act there.
public struct SiteDocument: Hashable, Sendable, Codable {
    /// The site.
    public var id: SiteID
    /// Its full name.
    public var name: String
    /// Its country, ISO 3166-1 alpha-2.
    public var country: String
    /// How far its clocks may be off, seconds.
    public var clockSkewSeconds: Int64
    /// How late its batch system may kill beyond the walltime, seconds.
    public var graceSeconds: Int64
    /// Its partitions, the preferred ones first.
    public var partitions: [SitePartition]
    /// Its unit and tariffs.
    public var prices: PriceList
    /// The accounts that allocations there may name; empty means any.
    public var accounts: [String]
    /// Its agents and whom they serve.
    public var agents: [AgentTerms]
    /// How tasks may share a job.
    public var packing: PackingLimits
    /// What else is known: network, versions, policies.
    public var facts: [SourcedFact]
    /// What an agent's set-up should know (environment, launch conventions); never read by the rules.
    public var launcherHints: [String: String]
    /// Set once it was closed; no document of a manager's says so, and none undoes it.
    public var retirement: SiteRetirement?

    /// A site with those partitions and prices; the rest has defaults.
    public init(
        id: SiteID, name: String, country: String, partitions: [SitePartition], prices: PriceList,
        agents: [AgentTerms] = []
    ) {
        self.id = id
        self.name = name
        self.country = country
        clockSkewSeconds = 600
        graceSeconds = 60
        self.partitions = partitions
        self.prices = prices
        accounts = []
        self.agents = agents
        packing = PackingLimits()
        facts = []
        launcherHints = [:]
        retirement = nil
    }

    /// The partition of that name.
    public func partition(_ id: PartitionID) -> SitePartition? { partitions.first { $0.id == id } }
}
