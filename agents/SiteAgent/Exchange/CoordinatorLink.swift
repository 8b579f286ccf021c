public import APIClient
public import Federation

/// The agent's way to its coordinator: documents one way and replies the other, and bytes beside them.
public protocol CoordinatorLink: Sendable {
    /// One exchange; the coordinator may hold the answer back for so many seconds while it has nothing to say.
    func exchange(_ document: AgentDocument, waitSeconds: Int64) async throws(ClientError) -> CoordinatorReply
    /// A chunk's bytes from the depot.
    func chunk(_ sha256: String) async throws(ClientError) -> [UInt8]
    /// Which of those chunks the depot does not have.
    func missing(_ chunks: [String]) async throws(ClientError) -> [String]
    /// Gives the depot a chunk.
    func put(_ bytes: [UInt8], sha256: String) async throws(ClientError)
    /// Which of those chunks were given and have not arrived: none, where giving is arriving.
    func underway(_ chunks: [String]) async throws(ClientError) -> [String]
}

extension CoordinatorLink {
    /// By HTTPS a chunk that was taken is there.
    public func underway(_ chunks: [String]) async throws(ClientError) -> [String] { [] }
}
