/// An attempt as people see it.
public struct AttemptView: Hashable, Sendable, Codable {
    /// The attempt.
    public var key: AttemptKey
    /// Where it stands.
    public var state: AttemptState
    /// Its site.
    public var site: SiteID
    /// Its agent.
    public var agent: AgentID
    /// Its pack.
    public var pack: PackID
    /// Its partition.
    public var partition: PartitionID
    /// Its job at the site.
    public var job: String?
    /// The budget it holds or was charged to.
    public var budget: BudgetID?
    /// What it holds now.
    public var hold: Amount
    /// What was held at its offer.
    public var holdSize: Amount
    /// What it was charged.
    public var charged: Amount
    /// The site's unit.
    public var unit: String
    /// What it used.
    public var usage: Usage?
    /// Why its job waits.
    public var waitingReason: String?
    /// When it was offered.
    public var offeredAt: Instant
    /// When its program started.
    public var startedAt: Instant?
    /// How it ended; artifacts' manifests are left out.
    public var end: AttemptEnd?
    /// When its end was booked.
    public var endedAt: Instant?
    /// When it was settled.
    public var settledAt: Instant?
    /// Since when its site has been silent, while it is.
    public var unreachableSince: Instant?

    /// An attempt in that state; the rest is set where known.
    public init(
        key: AttemptKey, state: AttemptState, site: SiteID, agent: AgentID, pack: PackID,
        partition: PartitionID,
        hold: Amount, holdSize: Amount, charged: Amount, unit: String, offeredAt: Instant
    ) {
        self.key = key
        self.state = state
        self.site = site
        self.agent = agent
        self.pack = pack
        self.partition = partition
        job = nil
        budget = nil
        self.hold = hold
        self.holdSize = holdSize
        self.charged = charged
        self.unit = unit
        usage = nil
        waitingReason = nil
        self.offeredAt = offeredAt
        startedAt = nil
        end = nil
        endedAt = nil
        settledAt = nil
        unreachableSince = nil
    }
}
