/// What an installation writes, and what the person who asked for it does next.
public struct InstallPlan: Hashable, Sendable {
    /// How the agent is kept running.
    public var way: InstallWay
    /// The file that is written, if it is a file.
    public var path: String?
    /// What is written: the file, or the crontab's line.
    public var text: String
    /// How to start it, and what has to be known about it.
    public var next: [String]
}
