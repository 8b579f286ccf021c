/// What an administrative request changed, in words; empty when all was so already.
public struct ChangesAnswer: Hashable, Sendable, Codable {
    /// One sentence a change.
    public var changes: [String]

    /// An answer with that content.
    public init(changes: [String]) {
        self.changes = changes
    }
}
