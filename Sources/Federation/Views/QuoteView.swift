/// What the tasks of one shape would cost, and where they could go.
public struct QuoteView: Hashable, Sendable, Codable {
    /// The name of the first task of this shape.
    public var example: String
    /// How many tasks have this shape.
    public var tasks: Int
    /// What is said of each site for one of them.
    public var placement: Placement

    /// A quote for tasks of that shape.
    public init(example: String, tasks: Int, placement: Placement) {
        self.example = example
        self.tasks = tasks
        self.placement = placement
    }
}
