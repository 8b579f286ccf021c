/// A file of ours that does not hold what it should.
public struct UnreadableFile: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// What is wrong with it.
    public var reason: String

    /// Path and reason.
    public var description: String { "\(path) is damaged or of another version: \(reason)" }
}
