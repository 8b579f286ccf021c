/// What the coordinator knows of an attempt: the part that the rules read and change.
public struct AttemptRecord: Hashable, Sendable {
    /// The attempt.
    public var key: AttemptKey
    /// The agent it was offered to.
    public var agent: AgentID
    /// The agent's site.
    public var site: SiteID
    /// Its pack.
    public var pack: PackID
    /// Where it stands.
    public var state: AttemptState
    /// The partition its job goes to.
    public var partition: PartitionID
    /// The budget that is held, or nil when it is booked to the site's suspense account.
    public var budget: BudgetID?
    /// What was held at the offer.
    public var holdSize: Amount
    /// What is held now.
    public var hold: Amount
    /// What has been charged.
    public var charged: Amount
    /// The newest cumulative usage.
    public var usage: Usage?
    /// When it was offered.
    public var offeredAt: Instant
    /// An offer not accepted by then is burnt.
    public var offerExpires: Instant
    /// When its acceptance was taken.
    public var acceptedAt: Instant?
    /// The session in which it was confirmed last.
    public var confirmedSession: SessionID?
    /// Its job must not start later.
    public var mustStartBy: Instant
    /// The pack's walltime, seconds.
    public var walltimeSeconds: Int64
    /// The site's grace, seconds.
    public var graceSeconds: Int64
    /// Its job at the site, as the agent said.
    public var job: String?
    /// When the program started, by the site's clock.
    public var startedAt: Instant?
    /// Why its job waits, in the site's words.
    public var waitingReason: String?
    /// How it ended.
    public var end: AttemptEnd?
    /// When its end was booked, by the coordinator's clock.
    public var endedAt: Instant?
    /// When it was settled, by the coordinator's clock.
    public var settledAt: Instant?
    /// Somebody asked for its end.
    public var cancelRequested: Bool
    /// A newer attempt of its task took its place; its completion still counts.
    public var superseded: Bool
    /// It came up at the site without the coordinator's knowing; booked, never killed for that.
    public var parked: Bool
    /// An event that named it could not be applied: the agent is asked to look for it.
    public var lookUpDue: Bool
    /// When the record behind the charge was read; an older reading is ignored.
    public var readAt: Instant?
    /// How many re-reads were asked for.
    public var reReads: Int
    /// When the next re-read is due.
    public var nextReRead: Instant?

    /// An attempt that is being offered.
    public init(
        key: AttemptKey, agent: AgentID, site: SiteID, pack: PackID, partition: PartitionID,
        budget: BudgetID?,
        holdSize: Amount, offeredAt: Instant, offerExpires: Instant, mustStartBy: Instant,
        walltimeSeconds: Int64,
        graceSeconds: Int64
    ) {
        self.key = key
        self.agent = agent
        self.site = site
        self.pack = pack
        state = .offered
        self.partition = partition
        self.budget = budget
        self.holdSize = holdSize
        hold = .zero
        charged = .zero
        usage = nil
        self.offeredAt = offeredAt
        self.offerExpires = offerExpires
        acceptedAt = nil
        confirmedSession = nil
        self.mustStartBy = mustStartBy
        self.walltimeSeconds = walltimeSeconds
        self.graceSeconds = graceSeconds
        job = nil
        startedAt = nil
        waitingReason = nil
        end = nil
        endedAt = nil
        settledAt = nil
        cancelRequested = false
        superseded = false
        parked = false
        lookUpDue = false
        readAt = nil
        reReads = 0
        nextReRead = nil
    }

    /// The attempt as a reply names it to an agent that may not know it any more.
    public var listed: ListedAttempt {
        ListedAttempt(
            attempt: key, pack: pack, state: state, job: job,
            offered: .init(
                budget: budget ?? BudgetID(""), hold: holdSize, partition: partition,
                mustStartBy: mustStartBy,
                walltimeSeconds: walltimeSeconds, graceSeconds: graceSeconds))
    }
}
