/// What the site's own record says of an attempt, as the agent read it.
public struct SiteRecord: Hashable, Sendable, Codable {
    /// The usage on record.
    public var usage: Usage
    /// Whether the record can still change as far as the agent can tell.
    public var isFinal: Bool
    /// When it was read; an older reading never undoes a newer one.
    public var readAt: Instant

    /// A reading of the record.
    public init(usage: Usage, isFinal: Bool, readAt: Instant) {
        self.usage = usage
        self.isFinal = isFinal
        self.readAt = readAt
    }
}
