public import Federation

/// How a member's program was started: for people, and for whoever repeats it.
public struct LaunchNote: Hashable, Sendable, Codable {
    /// When, by the site's wall clock.
    public var at: Instant
    /// The command as it was run.
    public var command: [String]
    /// The checkpoint it was told to go on from, or empty.
    public var resume: String
    /// The slots it was confined to; empty where it was not.
    public var cpus: [Int]
}
