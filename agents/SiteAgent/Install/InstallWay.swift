/// How an agent is kept running by the means of its user.
public enum InstallWay: String, Hashable, Sendable, Codable, CaseIterable {
    /// A systemd user unit with `serve`.
    case systemd
    /// A cron line with `once`.
    case cron
    /// A small batch job with `once` in a loop, which puts itself into the queue again.
    case job
}
