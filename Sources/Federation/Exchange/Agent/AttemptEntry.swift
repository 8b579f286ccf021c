/// One attempt in an agent's journal.
public struct AttemptEntry: Hashable, Sendable, Codable {
    /// The attempt.
    public var key: AttemptKey
    /// Its pack.
    public var pack: PackID
    /// What was offered of it.
    public var offered: ListedAttempt.Offered
    /// `ended` or `settled` once it is; before that its pack's state counts (`AgentJournal.state(of:)`).
    public var state: AttemptState
    /// The coordinator asked for its end.
    public var cancelRequested: Bool
    /// Its own program has started.
    public var startedAt: Instant?
    /// How it ended.
    public var end: AttemptEnd?
    /// When its end was journalled, by the agent's clock.
    public var endedAt: Instant?
    /// Seconds its program ran: its weight in the pack's usage.
    public var ranSeconds: Int64
    /// What was told of its usage last.
    public var usage: Usage?
    /// The record it was settled with.
    public var record: SiteRecord?

    /// An attempt that has not ended.
    public init(key: AttemptKey, pack: PackID, offered: ListedAttempt.Offered) {
        self.key = key
        self.pack = pack
        self.offered = offered
        state = .accepted
        cancelRequested = false
        startedAt = nil
        end = nil
        endedAt = nil
        ranSeconds = 0
        usage = nil
        record = nil
    }

    /// Whether the site has said that it is over.
    public var hasEnded: Bool { state.rank >= AttemptState.ended.rank }
}
