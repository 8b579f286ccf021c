/// A one-time token for an agent; shown once.
public struct EnrolmentTokenAnswer: Hashable, Sendable, Codable {
    /// The token.
    public var token: String
    /// How long it is good for.
    public var validSeconds: Int64
    /// The coordinator's authority, PEM: what the agent is to trust.
    public var authority: String
    /// SHA-256 of the authority's certificate, hexadecimal, to compare by eye.
    public var fingerprint: String

    /// An answer with that content.
    public init(token: String, validSeconds: Int64, authority: String, fingerprint: String) {
        self.token = token
        self.validSeconds = validSeconds
        self.authority = authority
        self.fingerprint = fingerprint
    }
}
