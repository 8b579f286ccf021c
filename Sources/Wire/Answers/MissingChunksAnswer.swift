/// The chunks that the depot does not have.
public struct MissingChunksAnswer: Hashable, Sendable, Codable {
    /// SHA-256 of each.
    public var missing: [String]

    /// An answer with that content.
    public init(missing: [String]) {
        self.missing = missing
    }
}
