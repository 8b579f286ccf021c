/// Evidence that is missing, cut or garbled: never innocence, and never guilt either.
public struct Unreadable: Error, CustomStringConvertible {
    /// The file or folder.
    public var path: String
    /// What is wrong with it.
    public var reason: String

    init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Both in one sentence.
    public var description: String { "\(path): \(reason)" }
}
