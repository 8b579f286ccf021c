/// Who has a start marker.
public enum MarkerHolder: Hashable, Sendable, Codable {
    /// The agent: the pack (or the member) will never start.
    case agent
    /// A job: it runs or has run.
    case job(id: String, host: String, at: Instant)
}
