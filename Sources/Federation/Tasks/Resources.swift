/// What a task asks of a site: nodes of a partition class, or devices of a named type.
public struct Resources: Hashable, Sendable, Codable {
    /// Whole or partly used nodes.
    public var nodes: Int
    /// MPI ranks on each node.
    public var ranksPerNode: Int
    /// Cores on each node.
    public var coresPerNode: Int
    /// Memory on each node in mebibytes.
    public var memoryMiBPerNode: Int
    /// Accelerators on each node, counted as the site's batch system counts them (a GCD is not a module).
    public var devicesPerNode: Int
    /// The type of accelerator (`mi250x-gcd`, `a100`, `h100`), or nil for none.
    public var deviceType: String?
    /// Whether the nodes are asked for whole.
    public var exclusive: Bool
    /// The walltime in seconds.
    public var walltimeSeconds: Int64

    /// One node, one rank, one core, 1 GiB, no device, shared, for that walltime unless told otherwise.
    public init(
        nodes: Int = 1, ranksPerNode: Int = 1, coresPerNode: Int = 1, memoryMiBPerNode: Int = 1024,
        devicesPerNode: Int = 0, deviceType: String? = nil, exclusive: Bool = false, walltimeSeconds: Int64
    ) {
        self.nodes = nodes
        self.ranksPerNode = ranksPerNode
        self.coresPerNode = coresPerNode
        self.memoryMiBPerNode = memoryMiBPerNode
        self.devicesPerNode = devicesPerNode
        self.deviceType = deviceType
        self.exclusive = exclusive
        self.walltimeSeconds = walltimeSeconds
    }
}
