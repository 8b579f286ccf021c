/// What an attempt consumed, raw and cumulative, as its site's record or our own markers say.
public struct Usage: Hashable, Sendable, Codable {
    /// Where a figure comes from.
    public enum Source: String, Hashable, Sendable, Codable {
        /// The batch system's own record.
        case siteRecord
        /// Our start and finish markers.
        case markers
        /// The last heartbeat: the run has no end on record.
        case heartbeat
        /// Nothing ran.
        case none
    }

    /// One run of the job: a requeued job has several.
    public struct Run: Hashable, Sendable, Codable {
        /// When it began, by the site's clock.
        public var start: Instant
        /// Seconds it held its nodes.
        public var seconds: Int64

        /// A run that began then and held its nodes so long.
        public init(start: Instant, seconds: Int64) {
            self.start = start
            self.seconds = seconds
        }
    }

    /// The runs, earliest first. In a pack the seconds are this attempt's share of the job's.
    public var runs: [Run]
    /// Nodes held.
    public var nodes: Int
    /// Cores held on each node, as billed.
    public var coresPerNode: Int
    /// Memory held on each node, mebibytes.
    public var memoryMiBPerNode: Int
    /// Devices held on each node, as the batch system counts them.
    public var devicesPerNode: Int
    /// The partition it ran in: chooses the tariff.
    public var partition: PartitionID
    /// What the batch system itself bills this at, all nodes together, cut to a whole number; nil where it does not, or
    /// where its runs were billed differently.
    public var billing: Int64?
    /// CPU-seconds really burnt, where known.
    public var cpuSeconds: Double?
    /// The largest resident size, bytes, where known.
    public var maximumResidentBytes: Int64?
    /// Joules, where the site measures them.
    public var energyJoules: Double?
    /// Where the figures come from.
    public var source: Source
    /// Whether the site may still change them.
    public var estimated: Bool

    /// A usage of the given shape without any run.
    public init(
        runs: [Run] = [], nodes: Int, coresPerNode: Int, memoryMiBPerNode: Int, devicesPerNode: Int = 0,
        partition: PartitionID, source: Source = .none, estimated: Bool = false
    ) {
        self.runs = runs
        self.nodes = nodes
        self.coresPerNode = coresPerNode
        self.memoryMiBPerNode = memoryMiBPerNode
        self.devicesPerNode = devicesPerNode
        self.partition = partition
        billing = nil
        cpuSeconds = nil
        maximumResidentBytes = nil
        energyJoules = nil
        self.source = source
        self.estimated = estimated
    }

    /// Seconds held over all runs.
    public var elapsedSeconds: Int64 { runs.reduce(0) { $0 + $1.seconds } }
    /// Node-seconds held.
    public var nodeSeconds: Int64 { elapsedSeconds * Int64(nodes) }
    /// Core-seconds held.
    public var coreSeconds: Int64 { nodeSeconds * Int64(coresPerNode) }
    /// Device-seconds held, as the batch system counts devices.
    public var deviceSeconds: Int64 { nodeSeconds * Int64(devicesPerNode) }
}
