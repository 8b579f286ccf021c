/// A piece of an attempt's log as the site sent it.
public struct LogPiece: Sendable, Hashable, Codable {
    /// The byte at which the text begins.
    public var offset: Int64
    /// The byte at which to go on; not `offset` and the text's length, as what is no UTF-8 was replaced.
    public var next: Int64
    /// The text; empty when nothing has come yet.
    public var text: String
    /// Nothing will follow: the attempt is over and its whole log has been sent.
    public var complete: Bool

    /// A piece from that byte on.
    public init(offset: Int64, next: Int64, text: String, complete: Bool) {
        self.offset = offset
        self.next = next
        self.text = text
        self.complete = complete
    }
}
