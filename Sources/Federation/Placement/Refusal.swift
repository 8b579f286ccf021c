/// Why a task cannot go to a site. Each has a sentence for people: `inWords`.
public enum Refusal: Hashable, Sendable, Codable {
    /// The partner may not spend compute.
    case eligibility(EligibilityRuling)
    /// The task names other sites.
    case notAmongItsSites(sites: [SiteID])
    /// The task names a site that does not exist.
    case unknownSite(site: SiteID)
    /// The site was closed for good.
    case siteRetired(site: SiteID, since: Instant)
    /// Something that it reads or makes may not leave another site.
    case residency(Residency)
    /// Nobody has enrolled an agent there.
    case noAgent(site: SiteID)
    /// The agent has never spoken.
    case agentNeverSeen(agent: AgentID)
    /// The agent is silent.
    case agentUnreachable(agent: AgentID, since: Instant)
    /// The agent is closed for new work.
    case agentDrained(agent: AgentID)
    /// After a restore from backup the agent has not yet reported.
    case agentQuarantined(agent: AgentID)
    /// The agent does not act for the partner.
    case agentDoesNotServe(agent: AgentID, partner: PartnerID, consent: String)
    /// The agent does not work with the partition.
    case partitionNotServed(agent: AgentID, partition: PartitionID)
    /// The agent says that the partition takes nothing now.
    case partitionClosed(partition: PartitionID, remark: String)
    /// The partition has not the stack.
    case stackMissing(partition: PartitionID, stack: String, has: [String])
    /// Longer than the partition allows.
    case walltime(partition: PartitionID, asked: Int64, most: Int64)
    /// More nodes than a job may have there.
    case nodes(partition: PartitionID, asked: Int, most: Int)
    /// More cores than a node has.
    case cores(partition: PartitionID, asked: Int, most: Int)
    /// More memory than a node has, mebibytes.
    case memory(partition: PartitionID, asked: Int, most: Int)
    /// Devices that the partition's nodes have not.
    case devices(partition: PartitionID, asked: Int, type: String?, has: Int, hasType: String?)
    /// The partition's devices would stand idle and be paid for.
    case devicesUnused(partition: PartitionID, type: String)
    /// No more jobs may be queued there now.
    case jobCap(partition: PartitionID, most: Int?)
    /// No budget at the site is for the partner and work package, or for the partition and agent.
    case noBudget(partner: PartnerID, workPackage: WorkPackageID?)
    /// The budget that the task names is not one of the site's.
    case budgetElsewhere(budget: BudgetID)
    /// Less is left than must be held.
    case budgetTooSmall(budget: BudgetID, needed: Amount, left: Amount, unit: String)
    /// The budget is overspent.
    case budgetOverrun(budget: BudgetID, by: Amount, unit: String)
    /// The allocation's period has not begun, or ends before the task could.
    case outsidePeriod(budget: BudgetID, from: Instant, until: Instant)
    /// The site has no tariff for it, or the amount is too large.
    case noPrice(reason: String)
    /// The task's chain continues where its checkpoint is.
    case boundElsewhere(agent: AgentID)
    /// It was declined or failed a short while ago.
    case backOff(until: Instant, agent: AgentID?)

    /// Whether it may pass without anybody changing the task.
    public var isTemporary: Bool {
        switch self {
        case .noAgent, .agentNeverSeen, .agentUnreachable, .agentDrained, .agentQuarantined,
            .partitionNotServed,
            .partitionClosed, .jobCap, .budgetTooSmall, .budgetOverrun, .backOff:
            true
        case .eligibility, .notAmongItsSites, .unknownSite, .siteRetired, .residency, .agentDoesNotServe,
            .stackMissing,
            .walltime, .nodes, .cores, .memory, .devices, .devicesUnused, .noBudget, .budgetElsewhere,
            .outsidePeriod, .noPrice, .boundElsewhere:
            false
        }
    }
}
