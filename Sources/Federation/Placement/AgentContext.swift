/// What placement reads of an agent.
public struct AgentContext: Hashable, Sendable {
    /// What it has not seen yet when it said what it can take.
    public struct Pending: Hashable, Sendable {
        /// Packs offered to it that it does not list yet.
        public var packs: Int
        /// Their cores.
        public var cores: Int

        /// So many packs of so many cores.
        public init(packs: Int = 0, cores: Int = 0) {
            self.packs = packs
            self.cores = cores
        }
    }

    /// Whom it serves.
    public var terms: AgentTerms
    /// Whether it can be given work.
    public var presence: AgentPresence
    /// What it said that it can take.
    public var capacity: [PartitionCapacity]
    /// What has been offered to it since.
    public var pending: [PartitionID: Pending]
    /// All packs of ours there that have not ended, by partition.
    public var jobs: [PartitionID: Int]
    /// Shapes that it declined and is not to be offered before then.
    public var backOffs: [Shape: Instant]

    /// An agent with that presence and capacity.
    public init(
        terms: AgentTerms, presence: AgentPresence, capacity: [PartitionCapacity] = [],
        pending: [PartitionID: Pending] = [:], jobs: [PartitionID: Int] = [:],
        backOffs: [Shape: Instant] = [:]
    ) {
        self.terms = terms
        self.presence = presence
        self.capacity = capacity
        self.pending = pending
        self.jobs = jobs
        self.backOffs = backOffs
    }
}
