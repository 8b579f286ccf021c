public import Federation

/// An agent's request for its next certificate: over mutual TLS, or signed with its Ed25519 key when the
/// certificate has expired.
public struct RenewalRequest: WireRequest {
    /// A PKCS#10 certificate request, PEM; its names are ignored.
    public var csr: String
    /// The agent; needed with a signature only.
    public var agent: AgentID?
    /// Base64 of the Ed25519 signature over the bytes of `csr`, where no certificate is valid any more.
    public var signature: String?

    /// A request with that content.
    public init(csr: String, agent: AgentID? = nil, signature: String? = nil) {
        self.csr = csr
        self.agent = agent
        self.signature = signature
    }

    /// Its keys.
    public static let members: Set<String> = ["csr", "agent", "signature"]
}
