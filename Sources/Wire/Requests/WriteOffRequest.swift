public import Federation

/// Gives up a hold that no site will ever settle.
public struct WriteOffRequest: WireRequest {
    /// The attempt whose hold it is.
    public var attempt: AttemptKey
    /// Why, for auditors.
    public var reason: String

    /// A request with that content.
    public init(attempt: AttemptKey, reason: String) {
        self.attempt = attempt
        self.reason = reason
    }

    /// Its keys.
    public static let members: Set<String> = ["attempt", "reason"]
}
