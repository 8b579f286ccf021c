/// Where a task goes, and what is held for it.
public struct PlacementChoice: Hashable, Sendable, Codable {
    /// The site.
    public var site: SiteID
    /// The agent there.
    public var agent: AgentID
    /// The partition.
    public var partition: PartitionID
    /// The budget.
    public var budget: BudgetID
    /// The allocation that the budget is a share of.
    public var allocation: AllocationID
    /// The account at the site that the job is charged to.
    public var account: String
    /// What the job asks for, whole nodes where the partition gives no others.
    public var resources: Resources
    /// What is held: walltime and grace at the dearest tariff.
    public var hold: Amount
    /// Its job must not start later.
    public var mustStartBy: Instant
    /// The site's grace, seconds.
    public var graceSeconds: Int64
}
