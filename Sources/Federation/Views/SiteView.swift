/// A site with its agents and figures.
public struct SiteView: Hashable, Sendable, Codable {
    /// One agent of the site.
    public struct AgentView: Hashable, Sendable, Codable {
        /// The agent.
        public var id: AgentID
        /// `connected`, `unreachable`, `drained`, `quarantined` or `neverSeen`.
        public var state: String
        /// When it last spoke.
        public var seen: Instant?
        /// How it travels.
        public var mode: AgentMode?
        /// Its program version.
        public var program: String?
        /// What it can take.
        public var capacity: [PartitionCapacity]
        /// When its certificate ends.
        public var certificateUntil: Instant?

        /// Why it takes nothing at all now, where every partition of it says the same.
        public var closedBecause: String? {
            guard let remark = capacity.first?.remark,
                capacity.allSatisfy({ $0.freeJobs <= 0 && $0.remark == remark })
            else { return nil }
            return remark
        }

        /// An agent in that state.
        public init(
            id: AgentID, state: String, seen: Instant?, mode: AgentMode?, program: String?,
            capacity: [PartitionCapacity], certificateUntil: Instant?
        ) {
            self.id = id
            self.state = state
            self.seen = seen
            self.mode = mode
            self.program = program
            self.capacity = capacity
            self.certificateUntil = certificateUntil
        }
    }

    /// The site.
    public var id: SiteID
    /// Its full name.
    public var name: String
    /// Its country, ISO 3166-1 alpha-2.
    public var country: String
    /// Its unit.
    public var unit: String
    /// Its agents.
    public var agents: [AgentView]
    /// Its partitions, as the site document has them.
    public var partitions: [JSONValue]
    /// Its tariffs.
    public var tariffs: [Tariff]
    /// The sum of its budgets.
    public var balance: BalanceView
    /// Attempts there that are not settled, by state.
    public var attempts: [String: Int]
    /// Tasks completed there.
    public var completed: Int
    /// When it was closed for good, if it was.
    public var retired: Instant?

    /// A site with those facts.
    public init(
        id: SiteID, name: String, country: String, unit: String, agents: [AgentView], partitions: [JSONValue],
        tariffs: [Tariff], balance: BalanceView, attempts: [String: Int], completed: Int
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.unit = unit
        self.agents = agents
        self.partitions = partitions
        self.tariffs = tariffs
        self.balance = balance
        self.attempts = attempts
        self.completed = completed
    }
}
