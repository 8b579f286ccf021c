/// A partition as a site's document describes it: the shape of its nodes and its limits.
public struct SitePartition: Hashable, Sendable, Codable {
    /// Its name there.
    public var id: PartitionID
    /// The quality of service that jobs name beside it, where the site wants one.
    public var qos: String?
    /// Nodes it has.
    public var nodes: Int
    /// Cores of a node.
    public var coresPerNode: Int
    /// Memory of a node, mebibytes.
    public var memoryMiBPerNode: Int
    /// Accelerators of a node as the batch system counts them.
    public var devicesPerNode: Int
    /// Their type (`mi250x-gcd`, `a100`, `h100`), or nil for none.
    public var deviceType: String?
    /// What people call a GPU, where that is more than one device.
    public var deviceModule: DeviceModule?
    /// Whether jobs always get, and pay, whole nodes.
    public var wholeNodes: Bool
    /// Software stacks it offers (`cpu`, `rocm`, `cuda`).
    public var stacks: [String]
    /// The longest walltime, seconds.
    public var maximumWalltimeSeconds: Int64
    /// The most nodes of a job.
    public var maximumNodes: Int
    /// The most jobs that one user may have there, waiting ones included, if capped.
    public var maximumQueuedJobs: Int?
    /// The most jobs of one user that run there at a time, if capped.
    public var maximumRunningJobs: Int?
    /// Where all this comes from.
    public var source: String
    /// Whether somebody has checked it.
    public var verified: Bool

    /// A partition of such nodes; limits default to the partition itself.
    public init(
        id: PartitionID, nodes: Int, coresPerNode: Int, memoryMiBPerNode: Int, stacks: [String] = ["cpu"],
        maximumWalltimeSeconds: Int64, source: String = ""
    ) {
        self.id = id
        qos = nil
        self.nodes = nodes
        self.coresPerNode = coresPerNode
        self.memoryMiBPerNode = memoryMiBPerNode
        devicesPerNode = 0
        deviceType = nil
        deviceModule = nil
        wholeNodes = false
        self.stacks = stacks
        self.maximumWalltimeSeconds = maximumWalltimeSeconds
        maximumNodes = nodes
        maximumQueuedJobs = nil
        maximumRunningJobs = nil
        self.source = source
        verified = false
    }

    /// What a job really gets, and pays, when it asks for these resources here: whole nodes where the partition gives
    /// none but whole ones, or the job wants them whole.
    public func granted(_ resources: Resources) -> Resources {
        guard wholeNodes || resources.exclusive else { return resources }
        var granted = resources
        granted.coresPerNode = coresPerNode
        granted.memoryMiBPerNode = memoryMiBPerNode
        granted.devicesPerNode = devicesPerNode
        granted.exclusive = true
        return granted
    }
}
