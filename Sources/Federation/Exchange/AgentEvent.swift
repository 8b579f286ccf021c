/// Something that happened at a site, told once and in order.
public enum AgentEvent: Hashable, Sendable, Codable {
    /// The agent wants the pack.
    case accepted(pack: PackID)
    /// The agent does not want the pack, for that reason in words.
    case declined(pack: PackID, reason: String)
    /// The batch system has a job for the pack.
    case submitted(pack: PackID, job: String)
    /// The batch system does not run the job for a reason that people should see.
    case waiting(pack: PackID, reason: String)
    /// The pack's job has taken the start marker.
    case packStarted(pack: PackID, job: String, host: String, at: Instant)
    /// The attempt's program runs.
    case started(attempt: AttemptKey, at: Instant)
    /// A line of the program's metrics, bounded and thinned.
    case metrics(attempt: AttemptKey, value: JSONValue)
    /// What it has used so far; cumulative.
    case usage(attempt: AttemptKey, usage: Usage)
    /// It is over.
    case ended(attempt: AttemptKey, end: AttemptEnd)
    /// The site's record of it is final, or as final as it will get.
    case settled(attempt: AttemptKey, record: SiteRecord)
    /// A later reading of the record of a settled attempt.
    case adjusted(attempt: AttemptKey, record: SiteRecord)
    /// The agent has looked for an attempt that it did not list: `found`, or ended as never having run here.
    case lookedUp(attempt: AttemptKey, found: Bool)
    /// A piece of a log that was asked for: so many of its bytes from that one on. The text may be longer than they are,
    /// as what is no UTF-8 was replaced; an agent that does not say how many sent the text's own.
    case log(attempt: AttemptKey, offset: Int64, bytes: Int64?, text: String)
    /// Of a kind that this version does not know; kept whole, alarmed and passed over.
    case unknown(kind: String, body: JSONValue)
}
