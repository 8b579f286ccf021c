/// One thing that happened to a task.
public struct HistoryView: Hashable, Sendable, Codable {
    /// When it was booked.
    public var at: Instant
    /// The attempt concerned, if any.
    public var attempt: AttemptKey?
    /// What happened, in words.
    public var text: String

    /// That this happened then.
    public init(at: Instant, attempt: AttemptKey?, text: String) {
        self.at = at
        self.attempt = attempt
        self.text = text
    }
}
