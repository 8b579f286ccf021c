import APIClient
import Federation
import Wire

/// Makes an agent out of a one-time token: keys, certificate, run root.
public struct Enrolment {
    private let folder: AgentFolder
    private let coordinator: String
    private let exchange: String?

    /// The enrolment of the agent in that folder with the coordinator at that address, the members' one. `exchange` is
    /// its address for agents; nil means the next port.
    public init(folder: AgentFolder, coordinator: String, exchange: String? = nil) {
        self.folder = folder
        self.coordinator = coordinator
        self.exchange = exchange
    }

    /// The same address with the next port (8444 for 8443, 444 for none).
    static func nextPort(_ address: String) -> String {
        let trimmed = address.hasSuffix("/") ? String(address.dropLast()) : address
        guard let colon = trimmed.lastIndex(of: ":"), let port = Int(trimmed[trimmed.index(after: colon)...])
        else {
            return "\(trimmed):444"
        }
        return "\(trimmed[..<colon]):\(port + 1)"
    }

    /// Enrols with the token. `authority` is the PEM of the authority that the coordinator's certificate comes
    /// from, as its manager gave it: the first word is exchanged in trust already.
    public func enrol(token: String, authority: String) async throws -> AgentIdentity {
        let keys = try Enrolment.keys(folder)
        let runRoot = RunRootID(RandomName.make())
        let client = try CoordinatorClient(baseURL: coordinator, trustRoots: authority)
        let answer: EnrolmentAnswer
        do {
            answer = try await client.post(
                "/v1/enrolments",
                EnrolmentRequest(
                    token: token, csr: try keys.request(name: "hansa-agent"), runRoot: runRoot,
                    ed25519: keys.signingPublicKey))
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
        let identity = AgentIdentity(
            agent: answer.agent, site: answer.site, instance: answer.instance, runRoot: runRoot,
            coordinator: client.baseURL, exchange: exchange ?? Enrolment.nextPort(client.baseURL))
        try Enrolment.settle(folder, identity, answer)
        return identity
    }

    /// The keys of a folder that is not enrolled yet. Kept over a second try: an answer that was lost must not leave a
    /// folder with other keys.
    static func keys(_ folder: AgentFolder) throws -> AgentKeys {
        if let standing = try? folder.identity() {
            throw AgentFault.alreadyEnrolled(folder: folder.path, agent: standing.agent.rawValue)
        }
        try Folder.make(folder.path)
        if DurableFile.exists(folder.keyPath), DurableFile.exists(folder.signingKeyPath) {
            return try AgentKeys.read(folder)
        }
        let keys = AgentKeys.fresh()
        try keys.write(folder)
        return keys
    }

    /// Makes the folder an enrolled agent's.
    static func settle(_ folder: AgentFolder, _ identity: AgentIdentity, _ answer: EnrolmentAnswer) throws {
        try DurableFile.write(Array(answer.authority.utf8), to: folder.authorityPath)
        try DurableFile.write(Array(answer.certificates.utf8), to: folder.certificatePath)
        if let key = answer.bookKey { try DurableFile.write(Array(key.utf8), to: folder.bookKeyPath) }
        _ = try RunRoot.make(
            path: folder.runRootPath,
            mark: .init(
                id: identity.runRoot, instance: identity.instance, site: identity.site, agent: identity.agent)
        )
        // Last: a folder with an identity is enrolled.
        try JSONFile.write(identity, to: folder.identityPath)
    }
}
