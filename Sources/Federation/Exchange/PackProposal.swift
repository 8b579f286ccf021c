/// A pack that placement proposes: one job for one agent, its members in the order in which they run.
public struct PackProposal: Hashable, Sendable {
    /// One task of the pack.
    public struct Member: Hashable, Sendable {
        /// The task.
        public var task: TaskID
        /// The budget its share is held on.
        public var budget: BudgetID
        /// How much is held for it.
        public var hold: Amount

        /// That task on that budget.
        public init(task: TaskID, budget: BudgetID, hold: Amount) {
            self.task = task
            self.budget = budget
            self.hold = hold
        }
    }

    /// The pack's random id, never from a sequence (§4.10).
    public var pack: PackID
    /// The agent.
    public var agent: AgentID
    /// Its site.
    public var site: SiteID
    /// The partition.
    public var partition: PartitionID
    /// Its job must not start later.
    public var mustStartBy: Instant
    /// What its job asks for; the walltime is the whole pack's.
    public var resources: Resources
    /// The site's grace, seconds.
    public var graceSeconds: Int64
    /// Its tasks; not empty.
    public var members: [Member]

    /// A proposal with the given content.
    public init(
        pack: PackID, agent: AgentID, site: SiteID, partition: PartitionID, mustStartBy: Instant,
        resources: Resources, graceSeconds: Int64, members: [Member]
    ) {
        self.pack = pack
        self.agent = agent
        self.site = site
        self.partition = partition
        self.mustStartBy = mustStartBy
        self.resources = resources
        self.graceSeconds = graceSeconds
        self.members = members
    }

    /// The whole pack's walltime, seconds.
    public var walltimeSeconds: Int64 { resources.walltimeSeconds }
}
