/// A manager's recorded word that nothing of this book runs at an agent's site any more.
public struct WaiverRequest: WireRequest {
    /// Why that is so, for the record.
    public var reason: String

    /// A request with that content.
    public init(reason: String) {
        self.reason = reason
    }

    /// Its keys.
    public static let members: Set<String> = ["reason"]
}
