public import Federation

/// The key that blocks are signed with.
public struct LedgerKeyAnswer: Hashable, Sendable, Codable {
    /// `Ed25519`.
    public var algorithm: String
    /// The public key, PEM (SPKI).
    public var publicKey: String
    /// The book.
    public var instance: InstanceID

    /// An answer with that content.
    public init(algorithm: String, publicKey: String, instance: InstanceID) {
        self.algorithm = algorithm
        self.publicKey = publicKey
        self.instance = instance
    }
}
