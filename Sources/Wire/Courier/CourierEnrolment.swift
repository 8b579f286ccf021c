public import Federation

/// An agent's request to be enrolled, as a file: everything but the one-time token, which its carrier adds.
public struct CourierEnrolment: Hashable, Sendable, Codable {
    /// A PKCS#10 certificate request, PEM.
    public var csr: String
    /// The id of the agent's run root.
    public var runRoot: RunRootID
    /// The agent's Ed25519 public key, PEM.
    public var ed25519: String

    /// A request with that content.
    public init(csr: String, runRoot: RunRootID, ed25519: String) {
        self.csr = csr
        self.runRoot = runRoot
        self.ed25519 = ed25519
    }
}
