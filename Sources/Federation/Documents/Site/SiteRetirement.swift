/// A site that was closed for good: nothing new goes there, what runs there ends, what was booked stays.
public struct SiteRetirement: Hashable, Sendable, Codable {
    /// When.
    public var at: Instant
    /// The manager who said so.
    public var by: MemberID
    /// Why.
    public var reason: String

    /// Closed then by that manager.
    public init(at: Instant, by: MemberID, reason: String) {
        self.at = at
        self.by = by
        self.reason = reason
    }
}
