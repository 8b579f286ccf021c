/// One word of a directive line, quotes and escapes taken away.
public struct Word: Hashable, Sendable {
    /// The text; bytes that are no UTF-8 are replaced.
    public var text: String
    /// The line, from 1.
    public var line: Int
    /// The column of its first byte, from 1.
    public var column: Int
}
