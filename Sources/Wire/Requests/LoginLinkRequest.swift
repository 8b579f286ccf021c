public import Federation

/// Asks for a one-time link to the pages.
public struct LoginLinkRequest: WireRequest {
    /// Whose; nil for one's own.
    public var member: MemberID?

    /// A request with that content.
    public init(member: MemberID? = nil) {
        self.member = member
    }

    /// Its keys.
    public static let members: Set<String> = ["member"]
}
