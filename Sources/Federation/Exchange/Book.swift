/// The part of the coordinator's book that one decision needs. The driver loads it inside a transaction, a rule
/// changes it and leaves effects, the driver writes back what differs and commits. The simulation runs the same rules
/// over a book that holds everything.
///
/// What must be loaded for an agent's exchange: the agent, its journal, all its attempts that are not settled or burnt,
/// every attempt that the document names, all attempts past `offered` and before `ended` of the tasks of those, these
/// tasks, and the budgets of those attempts.
public struct Book: Sendable {
    /// The book's id.
    public var instance: InstanceID
    /// The book's generation.
    public var generation: Int64
    /// The times to go by.
    public var settings: ExchangeSettings
    /// Agents.
    public var agents: [AgentID: AgentRecord]
    /// Journals.
    public var journals: [JournalKey: JournalRecord]
    /// Attempts.
    public var attempts: [AttemptKey: AttemptRecord]
    /// Tasks.
    public var tasks: [TaskID: TaskRecord]
    /// Budgets.
    public var budgets: [BudgetID: BudgetAccount]
    /// What was charged without a budget, by site.
    public var suspense: [SiteID: Amount]
    /// Units and tariffs by site.
    public var prices: [SiteID: PriceList]
    /// Agents whose full report is missing after a restore; complete in every loaded book.
    public var quarantine: Set<AgentID>
    /// What the rules decided beyond the records; the driver takes it.
    public var effects: [Effect]

    /// An empty book.
    public init(instance: InstanceID, generation: Int64, settings: ExchangeSettings = .init()) {
        self.instance = instance
        self.generation = generation
        self.settings = settings
        agents = [:]
        journals = [:]
        attempts = [:]
        tasks = [:]
        budgets = [:]
        suspense = [:]
        prices = [:]
        quarantine = []
        effects = []
    }
}
