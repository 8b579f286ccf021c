/// How an agent travels.
public enum AgentMode: String, Hashable, Sendable, Codable {
    /// A daemon with long polls.
    case serve
    /// One cycle, from cron or a self-resubmitting job.
    case once
    /// Signed bundles carried by somebody else.
    case courier
}
