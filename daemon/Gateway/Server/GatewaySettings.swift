/// Where the gateway listens, and what it shows of itself.
public struct GatewaySettings: Sendable {
    /// An address to listen at.
    public struct Address: Sendable, Hashable, CustomStringConvertible {
        /// A host's name or address.
        public var host: String
        /// A port; 0 takes any that is free.
        public var port: Int

        /// That host and port.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// The form `host:port`.
        public var description: String { "\(host):\(port)" }
    }

    /// Where members and browsers come: TLS, no client certificate.
    public var people = Address(host: "127.0.0.1", port: 8443)
    /// Where agents come: mutual TLS.
    public var agents = Address(host: "127.0.0.1", port: 8444)
    /// Where people reach the pages, without a trailing `/`; nil derives it from `people`.
    public var publicURL: String?
    /// The names and IPv4 addresses that the coordinator's own certificate is for.
    public var names: [String] = ["localhost", "127.0.0.1"]
    /// The folder of authority and certificates, readable by this user only.
    public var stateFolder: String
    /// The people's certificate and key as files of somebody else's making; nil uses the authority's.
    public var peopleCertificate: (chain: String, key: String)?
    /// How long an agent's certificate is good, days; agents renew at half of it.
    public var agentCertificateDays: Double = 30
    /// How long an agent's poll stays open without news, seconds.
    public var pollSeconds: Int64 = 30
    /// The public key of the ledger's seal, PEM.
    public var sealKeyPEM: String

    /// The defaults, with that folder and key.
    public init(stateFolder: String, sealKeyPEM: String) {
        self.stateFolder = stateFolder
        self.sealKeyPEM = sealKeyPEM
    }
}
