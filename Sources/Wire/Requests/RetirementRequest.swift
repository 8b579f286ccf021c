/// Closes a site for good.
public struct RetirementRequest: WireRequest {
    /// Why, for the record.
    public var reason: String
    /// Whether attempts that are not settled may stay behind; nil is no.
    public var waive: Bool?

    /// A request with that content.
    public init(reason: String, waive: Bool? = nil) {
        self.reason = reason
        self.waive = waive
    }

    /// Its keys.
    public static let members: Set<String> = ["reason", "waive"]
}
