public import Federation

/// What an agent says in a bundle: its document, and which bytes lie beside it or are to come.
public struct CourierDocument: Hashable, Sendable, Codable {
    /// The same document as by HTTPS.
    public var document: AgentDocument
    /// Chunks that the agent wants brought into its inbox, the most urgent first.
    public var wants: [Manifest.Chunk]
    /// Chunks in its outbox that it keeps until the coordinator has them.
    public var carries: [Manifest.Chunk]

    /// A document with these chunks.
    public init(document: AgentDocument, wants: [Manifest.Chunk], carries: [Manifest.Chunk]) {
        self.document = document
        self.wants = wants
        self.carries = carries
    }

    /// At most so many chunks of each sort are named in one bundle; the rest is named in the next.
    public static let maximumChunks = 4096
}
