public import APIClient
public import Federation

/// The agent's connection to its coordinator, which renews its own certificate: at half of its life by itself, and
/// after it has expired by the Ed25519 key at the members' address.
public actor AgentConnection: CoordinatorLink {
    private let folder: AgentFolder
    private let identity: AgentIdentity
    private let exchangeAddress: String
    private let membersAddress: String
    private var client: CoordinatorClient

    /// The connection of the agent in that folder; addresses as the settings have them, else the enrolment's.
    public init(folder: AgentFolder, identity: AgentIdentity, exchange: String?, coordinator: String?) throws
    {
        self.folder = folder
        self.identity = identity
        exchangeAddress = exchange ?? identity.exchange
        membersAddress = coordinator ?? identity.coordinator
        client = try AgentConnection.client(folder, exchangeAddress)
    }

    /// See `CoordinatorLink`.
    public func exchange(
        _ document: AgentDocument, waitSeconds: Int64
    ) async throws(ClientError) -> CoordinatorReply {
        try await HTTPLink(client).exchange(document, waitSeconds: waitSeconds)
    }
    /// See `CoordinatorLink`.
    public func chunk(_ sha256: String) async throws(ClientError) -> [UInt8] {
        try await HTTPLink(client).chunk(sha256)
    }
    /// See `CoordinatorLink`.
    public func missing(_ chunks: [String]) async throws(ClientError) -> [String] {
        try await HTTPLink(client).missing(chunks)
    }
    /// See `CoordinatorLink`.
    public func put(_ bytes: [UInt8], sha256: String) async throws(ClientError) {
        try await HTTPLink(client).put(bytes, sha256: sha256)
    }

    /// Renews the certificate if it is time. Answers in words what was done, or nil.
    public func renewIfDue() async throws -> String? {
        let renewal = CertificateRenewal(folder: folder, identity: identity)
        switch try renewal.standing() {
        case .fresh: return nil
        case .due: try await renew(signed: false)
        case .expired: try await renew(signed: true)
        }
        return "the certificate was renewed"
    }

    /// Renews the certificate now: over mutual TLS, or signed with the Ed25519 key at the members' address.
    public func renew(signed: Bool) async throws {
        let renewal = CertificateRenewal(folder: folder, identity: identity)
        if signed {
            let roots = try folder.text(folder.authorityPath)
            let open = try CoordinatorClient(baseURL: membersAddress, trustRoots: roots)
            do {
                try await renewal.renew(open, signed: true)
            } catch {
                await open.shutdown()
                throw error
            }
            await open.shutdown()
        } else {
            try await renewal.renew(client, signed: false)
        }
        let former = client
        client = try AgentConnection.client(folder, exchangeAddress)
        // Whatever is still in flight ends with a transport error, and is sent again by its caller.
        await former.shutdown()
    }

    /// Closes all connections.
    public func shutdown() async { await client.shutdown() }

    private static func client(_ folder: AgentFolder, _ address: String) throws -> CoordinatorClient {
        try CoordinatorClient(
            baseURL: address, trustRoots: folder.text(folder.authorityPath),
            identity: ClientIdentity(
                certificateChainPEM: folder.text(folder.certificatePath), keyPEM: folder.text(folder.keyPath))
        )
    }
}
