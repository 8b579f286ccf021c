public import Federation

/// A submission: the campaign's document under a key that makes it safe to send twice.
public struct SubmitRequest: WireRequest {
    /// Random per invocation, or the member's own; 1 to 128 characters.
    public var key: String
    /// The campaign's document.
    public var campaign: JSONValue

    /// A request with that content.
    public init(key: String, campaign: JSONValue) {
        self.key = key
        self.campaign = campaign
    }

    /// Its keys.
    public static let members: Set<String> = ["key", "campaign"]
}
