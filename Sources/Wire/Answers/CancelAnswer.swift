/// How far a cancellation reached.
public struct CancelAnswer: Hashable, Sendable, Codable {
    /// Tasks that end, at once or as soon as their site has heard of it.
    public var tasks: Int

    /// An answer with that content.
    public init(tasks: Int) { self.tasks = tasks }
}
