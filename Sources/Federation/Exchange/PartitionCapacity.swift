/// What an agent can take in a partition right now; it may only tighten what the coordinator is configured with.
public struct PartitionCapacity: Hashable, Sendable, Codable {
    /// The partition.
    public var partition: PartitionID
    /// Jobs that may still be queued there.
    public var freeJobs: Int
    /// Cores free at once, where the launcher knows (an idle host's slot pool), else nil.
    public var freeCores: Int?
    /// The longest walltime found there, seconds, where the agent found one.
    public var maximumWalltimeSeconds: Int64?
    /// A few words for people when it takes nothing (`slurmctld does not answer since 14:02`).
    public var remark: String?

    /// A partition's capacity.
    public init(
        partition: PartitionID, freeJobs: Int, freeCores: Int? = nil, maximumWalltimeSeconds: Int64? = nil,
        remark: String? = nil
    ) {
        self.partition = partition
        self.freeJobs = freeJobs
        self.freeCores = freeCores
        self.maximumWalltimeSeconds = maximumWalltimeSeconds
        self.remark = remark
    }
}
