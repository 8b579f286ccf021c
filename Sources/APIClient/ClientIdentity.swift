/// What a client shows of itself in the TLS handshake: an agent has one, the CLI mostly none.
public struct ClientIdentity: Sendable {
    /// Its certificate and those above it, PEM, leaf first.
    public var certificateChainPEM: String
    /// The leaf's private key, PEM.
    public var keyPEM: String

    /// An identity from PEM texts; they are parsed when the client is made.
    public init(certificateChainPEM: String, keyPEM: String) {
        self.certificateChainPEM = certificateChainPEM
        self.keyPEM = keyPEM
    }
}
