/// A one-time link to the pages.
public struct LoginLinkAnswer: Hashable, Sendable, Codable {
    /// The link, or its path where the coordinator's public name is not set.
    public var url: String
    /// How long it is good for.
    public var validSeconds: Int64

    /// An answer with that content.
    public init(url: String, validSeconds: Int64) {
        self.url = url
        self.validSeconds = validSeconds
    }
}
