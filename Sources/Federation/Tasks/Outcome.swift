/// How an attempt ended.
public enum Outcome: Hashable, Sendable, Codable {
    /// Exit 0.
    case completed
    /// Exit 85: the program saved and asks for the next link of its chain.
    case continues
    /// It ended badly.
    case failed(FailureClass)
    /// It was cancelled, before or while it ran.
    case cancelled
}
