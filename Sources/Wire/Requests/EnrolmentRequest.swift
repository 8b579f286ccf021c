public import Federation

/// An agent's request to be enrolled; the one-time token is its authentication.
public struct EnrolmentRequest: WireRequest {
    /// The one-time token.
    public var token: String
    /// A PKCS#10 certificate request, PEM; its names are ignored.
    public var csr: String
    /// The id of the agent's run root.
    public var runRoot: RunRootID
    /// The agent's Ed25519 public key, PEM: signs bundles and late renewals.
    public var ed25519: String

    /// A request with that content.
    public init(token: String, csr: String, runRoot: RunRootID, ed25519: String) {
        self.token = token
        self.csr = csr
        self.runRoot = runRoot
        self.ed25519 = ed25519
    }

    /// Its keys.
    public static let members: Set<String> = ["token", "csr", "runRoot", "ed25519"]
}
