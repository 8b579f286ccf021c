public import Federation

/// Asks what a campaign would cost and where its tasks could run, without submitting it.
public struct QuoteRequest: WireRequest {
    /// The campaign's document.
    public var campaign: JSONValue

    /// A request with that content.
    public init(campaign: JSONValue) {
        self.campaign = campaign
    }

    /// Its keys.
    public static let members: Set<String> = ["campaign"]
}
