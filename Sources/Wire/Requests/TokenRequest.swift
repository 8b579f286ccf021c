public import Federation

/// Asks for an API token.
public struct TokenRequest: WireRequest {
    /// Whose; nil for one's own.
    public var member: MemberID?
    /// What it is for, for people.
    public var label: String
    /// When it ends; nil for never.
    public var expires: Instant?

    /// A request with that content.
    public init(member: MemberID? = nil, label: String, expires: Instant? = nil) {
        self.member = member
        self.label = label
        self.expires = expires
    }

    /// Its keys.
    public static let members: Set<String> = ["member", "label", "expires"]
}
