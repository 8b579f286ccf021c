/// A piece of a program's output.
public struct LogPiece: Hashable, Sendable, Codable {
    /// Where it begins, bytes.
    public var offset: Int64
    /// Where to go on, bytes of the log; the text may be longer, as what is no UTF-8 was replaced.
    public var next: Int64
    /// The piece.
    public var text: String
    /// Whether nothing will follow.
    public var complete: Bool

    /// An answer with that content.
    public init(offset: Int64, next: Int64, text: String, complete: Bool) {
        self.offset = offset
        self.next = next
        self.text = text
        self.complete = complete
    }
}
