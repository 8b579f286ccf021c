/// What placement reads of a site.
public struct SiteContext: Hashable, Sendable {
    /// Its partitions, limits, prices and whom its agents serve.
    public var document: SiteDocument
    /// Its agents, the preferred one first.
    public var agents: [AgentContext]
    /// The budgets there.
    public var budgets: [BudgetContext]
    /// How long jobs waited there lately, seconds, where known.
    public var waits: [PartitionID: Int64]

    /// A site with those agents and budgets.
    public init(
        document: SiteDocument, agents: [AgentContext], budgets: [BudgetContext],
        waits: [PartitionID: Int64] = [:]
    ) {
        self.document = document
        self.agents = agents
        self.budgets = budgets
        self.waits = waits
    }
}
