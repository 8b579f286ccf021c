/// How many tasks of one shape may share a job at a site.
public struct PackingLimits: Hashable, Sendable, Codable {
    /// The most tasks of a job.
    public var maximumMembers: Int
    /// The longest walltime of a job of several, seconds.
    public var maximumWalltimeSeconds: Int64
    /// The most tasks of a job that run beside each other, each on cores and memory of its own; nil, as in documents from
    /// before there was any, is one after another.
    public var maximumAtOnce: Int?

    /// At most so many, at most so long, at most so many beside each other.
    public init(
        maximumMembers: Int = 16, maximumWalltimeSeconds: Int64 = 4 * 3600, maximumAtOnce: Int? = nil
    ) {
        self.maximumMembers = maximumMembers
        self.maximumWalltimeSeconds = maximumWalltimeSeconds
        self.maximumAtOnce = maximumAtOnce
    }
}
