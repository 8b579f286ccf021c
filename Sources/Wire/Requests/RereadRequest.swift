public import Federation

/// Has a site's agents read the record of settled attempts again.
public struct RereadRequest: WireRequest {
    /// Attempts that ended from that moment on; nil for all.
    public var from: Instant?
    /// And before this one; nil for all.
    public var until: Instant?

    /// A request with that content.
    public init(from: Instant? = nil, until: Instant? = nil) {
        self.from = from
        self.until = until
    }

    /// Its keys.
    public static let members: Set<String> = ["from", "until"]
}
