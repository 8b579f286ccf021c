public import Federation

/// A pack as placement proposes it: one job for one agent out of one allocation.
public struct PackClaim: Sendable, Hashable {
    /// One row of the queue, with what it would hold where.
    public struct Member: Sendable, Hashable {
        /// The row.
        public var key: ReadyKey
        /// The budget.
        public var budget: BudgetID
        /// The hold.
        public var hold: Amount

        /// That row on that budget.
        public init(key: ReadyKey, budget: BudgetID, hold: Amount) {
            self.key = key
            self.budget = budget
            self.hold = hold
        }
    }

    /// The pack's random id.
    public var pack: PackID
    /// The agent.
    public var agent: AgentID
    /// Its site.
    public var site: SiteID
    /// The partition.
    public var partition: PartitionID
    /// The allocation.
    public var allocation: AllocationID
    /// The allocation's account at the site.
    public var account: String
    /// What the job asks for.
    public var resources: Resources
    /// The site's grace, seconds.
    public var graceSeconds: Int64
    /// The job must not start later.
    public var mustStartBy: Instant
    /// The rows, in the order in which they run.
    public var members: [Member]

    /// A proposal with the given content.
    public init(
        pack: PackID, agent: AgentID, site: SiteID, partition: PartitionID, allocation: AllocationID,
        account: String, resources: Resources, graceSeconds: Int64, mustStartBy: Instant, members: [Member]
    ) {
        self.pack = pack
        self.agent = agent
        self.site = site
        self.partition = partition
        self.allocation = allocation
        self.account = account
        self.resources = resources
        self.graceSeconds = graceSeconds
        self.mustStartBy = mustStartBy
        self.members = members
    }
}
