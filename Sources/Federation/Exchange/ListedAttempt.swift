/// One attempt as its agent lists it: what it was offered, and where it stands there.
public struct ListedAttempt: Hashable, Sendable, Codable {
    /// The attempt.
    public var attempt: AttemptKey
    /// The pack it belongs to.
    public var pack: PackID
    /// Where it stands at the site.
    public var state: AttemptState
    /// Its job there, if it has one.
    public var job: String?
    /// The agent is in doubt and looks for it.
    public var lookingUp: Bool
    /// What was offered of it, so that a coordinator which has never heard of it can book it.
    public var offered: Offered
    /// How it ended, once it has.
    public var end: AttemptEnd?
    /// What it has used so far.
    public var usage: Usage?
    /// The record it was settled with, once it has been.
    public var record: SiteRecord?

    /// What the run folder's record says of the attempt.
    public struct Offered: Hashable, Sendable, Codable {
        /// The budget that was held.
        public var budget: BudgetID
        /// How much was held.
        public var hold: Amount
        /// The partition.
        public var partition: PartitionID
        /// The pack's `mustStartBy`.
        public var mustStartBy: Instant
        /// The pack's walltime, seconds.
        public var walltimeSeconds: Int64
        /// The site's grace, seconds.
        public var graceSeconds: Int64

        /// An offer's essence.
        public init(
            budget: BudgetID, hold: Amount, partition: PartitionID, mustStartBy: Instant,
            walltimeSeconds: Int64,
            graceSeconds: Int64
        ) {
            self.budget = budget
            self.hold = hold
            self.partition = partition
            self.mustStartBy = mustStartBy
            self.walltimeSeconds = walltimeSeconds
            self.graceSeconds = graceSeconds
        }
    }

    /// An attempt in that state.
    public init(
        attempt: AttemptKey, pack: PackID, state: AttemptState, job: String? = nil, lookingUp: Bool = false,
        offered: Offered, end: AttemptEnd? = nil, usage: Usage? = nil, record: SiteRecord? = nil
    ) {
        self.attempt = attempt
        self.pack = pack
        self.state = state
        self.job = job
        self.lookingUp = lookingUp
        self.offered = offered
        self.end = end
        self.usage = usage
        self.record = record
    }
}
