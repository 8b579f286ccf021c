/// An API token; shown once.
public struct TokenAnswer: Hashable, Sendable, Codable {
    /// The token, `hansa_…`.
    public var token: String

    /// An answer with that content.
    public init(token: String) {
        self.token = token
    }
}
