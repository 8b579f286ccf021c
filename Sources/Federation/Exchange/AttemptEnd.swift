/// How an attempt ended and what it left, as the agent reports it.
public struct AttemptEnd: Hashable, Sendable, Codable {
    /// How it ended.
    public var outcome: Outcome
    /// The program's exit code, if it had one.
    public var exit: Int32?
    /// The signal that ended it, if one did.
    public var signal: Int32?
    /// When, by the site's clock.
    public var at: Instant
    /// What it left.
    public var artifacts: [ProducedArtifact]
    /// `HANSA_OUTPUTS/result.json`, at most 64 KiB, if the program wrote one.
    public var result: JSONValue?
    /// How far a chain has come (steps): two links with the same mark end it.
    public var progress: Int64
    /// The task asks to be tried again after a failure that would else end it; nil and false say no.
    public var retryAsked: Bool?
    /// A few words for people (`exit 1; last line of the log: …`).
    public var detail: String

    /// An end of that kind.
    public init(
        outcome: Outcome, exit: Int32? = nil, signal: Int32? = nil, at: Instant,
        artifacts: [ProducedArtifact] = [],
        result: JSONValue? = nil, progress: Int64 = 0, detail: String = ""
    ) {
        self.outcome = outcome
        self.exit = exit
        self.signal = signal
        self.at = at
        self.artifacts = artifacts
        self.result = result
        self.progress = progress
        self.detail = detail
    }
}
