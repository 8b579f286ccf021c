/// One run of a job as the site's accounting has it; a job that was requeued has several.
public struct JobRow: Hashable, Sendable {
    /// How the site says that the run ended.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Not yet started.
        case pending
        /// No end on record.
        case running
        /// Exit 0.
        case completed
        /// Exit other than 0.
        case failed
        /// The wrapper found the marker taken or came too late, and ran nothing (exit 86).
        case refused
        /// The walltime ran out.
        case timeout
        /// Killed for memory.
        case outOfMemory
        /// A node went away.
        case nodeFailure
        /// Its nodes went to other work.
        case preempted
        /// Cancelled by somebody.
        case cancelled
        /// The system could not start it.
        case bootFailure
    }

    /// The job's id.
    public var job: String
    /// How it ended, or that it has not.
    public var state: State
    /// When the run began.
    public var start: Instant?
    /// Seconds it held its nodes.
    public var seconds: Int64
    /// Nodes held.
    public var nodes: Int
    /// Cores held on each node, as billed.
    public var coresPerNode: Int
    /// Memory held on each node, mebibytes.
    public var memoryMiBPerNode: Int
    /// Devices held on each node.
    public var devicesPerNode: Int
    /// Joules, where the site measures them.
    public var energyJoules: Double?
    /// CPU-seconds that were burnt, where the site measures them.
    public var cpuSeconds: Double?
    /// The largest resident size that the site saw, bytes.
    public var maximumResidentBytes: Int64?
    /// What the site itself bills each second of the run at, in a unit of its own, where it says so.
    public var billing: Int64?

    /// A run of that job.
    public init(
        job: String, state: State, start: Instant? = nil, seconds: Int64 = 0, nodes: Int = 1,
        coresPerNode: Int = 1,
        memoryMiBPerNode: Int = 0, devicesPerNode: Int = 0, energyJoules: Double? = nil
    ) {
        self.job = job
        self.state = state
        self.start = start
        self.seconds = seconds
        self.nodes = nodes
        self.coresPerNode = coresPerNode
        self.memoryMiBPerNode = memoryMiBPerNode
        self.devicesPerNode = devicesPerNode
        self.energyJoules = energyJoules
    }

    /// Whether the record has an end.
    public var hasEnded: Bool { state != .pending && state != .running }
}
