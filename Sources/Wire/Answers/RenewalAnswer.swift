/// An agent's next certificate.
public struct RenewalAnswer: Hashable, Sendable, Codable {
    /// The certificate and those above it, PEM, leaf first.
    public var certificates: String
    /// The authority that the coordinator's own certificate comes from, PEM.
    public var authority: String

    /// An answer with that content.
    public init(certificates: String, authority: String) {
        self.certificates = certificates
        self.authority = authority
    }
}
