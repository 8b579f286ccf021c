/// How many tasks of one shape may share a job at a site.
public struct PackingLimits: Hashable, Sendable, Codable {
    /// The most tasks of a job.
    public var maximumMembers: Int
    /// The longest walltime of a job of several, seconds.
    public var maximumWalltimeSeconds: Int64

    /// At most so many, at most so long.
    public init(maximumMembers: Int = 16, maximumWalltimeSeconds: Int64 = 4 * 3600) {
        self.maximumMembers = maximumMembers
        self.maximumWalltimeSeconds = maximumWalltimeSeconds
    }
}
