/// The agent's own folder: its identity, keys and certificates, its journal, its run root.
public struct AgentFolder: Hashable, Sendable {
    /// The folder, absolute.
    public let path: String

    /// The agent's folder at that path.
    public init(path: String) { self.path = path }

    var identityPath: String { "\(path)/identity.json" }
    var keyPath: String { "\(path)/key.pem" }
    var signingKeyPath: String { "\(path)/signing-key.pem" }
    var certificatePath: String { "\(path)/certificate.pem" }
    var authorityPath: String { "\(path)/authority.pem" }
    /// The book's public key: replies that a courier brings are signed with it.
    var bookKeyPath: String { "\(path)/book-key.pem" }
    /// The request of an enrolment that a courier carries.
    var requestPath: String { "\(path)/enrolment-request.json" }
    /// What the courier mode remembers beside the journal.
    var courierStatePath: String { "\(path)/courier.json" }
    /// Where a courier finds and leaves what it carries, unless it is told other folders.
    var courierPath: String { "\(path)/courier" }
    /// The run root.
    public var runRootPath: String { "\(path)/runs" }
    /// The journal, unless a setting puts it on another disk.
    public var journalPath: String { "\(path)/journal.sqlite" }
    /// What the running agent says of itself, for `hansa-agent status`.
    public var statusPath: String { "\(path)/status.json" }
    /// Whether the journal could be written.
    var journalMark: JournalMark { JournalMark(folder: path) }
    /// Stands there while the agent takes no new packs.
    public var drainPath: String { "\(path)/drain" }

    /// Who the agent is; an error with what to do where it is not enrolled.
    public func identity() throws -> AgentIdentity {
        guard let identity = try JSONFile.read(AgentIdentity.self, identityPath) else {
            throw AgentFault.notEnrolled(folder: path)
        }
        return identity
    }

    func text(_ path: String) throws(FileFault) -> String {
        String(decoding: try DurableFile.read(path, limit: 1 << 20), as: UTF8.self)
    }
}
