/// A pack as it is offered to one agent: everything the agent needs to run it and, from its run folder's record,
/// to account for it should every other trace be lost.
public struct Offer: Hashable, Sendable, Codable {
    /// One attempt of the pack.
    public struct Member: Hashable, Sendable, Codable {
        /// The attempt.
        public var attempt: AttemptKey
        /// What is to be run.
        public var spec: TaskSpec
        /// What it reads, resolved.
        public var inputs: [StagedInput]
        /// The budget that is held for it.
        public var budget: BudgetID
        /// How much is held.
        public var hold: Amount

        /// A member with the given content.
        public init(
            attempt: AttemptKey, spec: TaskSpec, inputs: [StagedInput], budget: BudgetID, hold: Amount
        ) {
            self.attempt = attempt
            self.spec = spec
            self.inputs = inputs
            self.budget = budget
            self.hold = hold
        }
    }

    /// The pack's random id.
    public var pack: PackID
    /// The partition its job goes to.
    public var partition: PartitionID
    /// The account at the site that its job is charged to.
    public var account: String
    /// What its job asks for; the walltime is the whole pack's.
    public var resources: Resources
    /// How late the site's batch system may kill beyond the walltime, seconds.
    public var graceSeconds: Int64
    /// Its job must not start after this moment.
    public var mustStartBy: Instant
    /// How many seconds the coordinator keeps the offer open from the first reply that carries it.
    public var openSeconds: Int64
    /// Its attempts, in the order in which they run.
    public var members: [Member]

    /// A pack with the given content.
    public init(
        pack: PackID, partition: PartitionID, account: String, resources: Resources, graceSeconds: Int64,
        mustStartBy: Instant, openSeconds: Int64, members: [Member]
    ) {
        self.pack = pack
        self.partition = partition
        self.account = account
        self.resources = resources
        self.graceSeconds = graceSeconds
        self.mustStartBy = mustStartBy
        self.openSeconds = openSeconds
        self.members = members
    }

    /// The name and comment of the pack's job at the site.
    public func jobName(instance: InstanceID) -> String { "hansa-\(instance)-\(pack)" }

    /// After this moment nothing of a pack that started in time still runs.
    public var mustEndBy: Instant { mustStartBy.adding(seconds: resources.walltimeSeconds + graceSeconds) }
}
