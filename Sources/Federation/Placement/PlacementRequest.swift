/// What is to be placed: a shape, and what one task of it brings along.
public struct PlacementRequest: Hashable, Sendable {
    /// The shape.
    public var shape: Shape
    /// The agent that its chain's checkpoint is bound to, if any.
    public var boundTo: AgentID?
    /// It is not to be placed before then (back-off after a failure).
    public var notBefore: Instant?
    /// Bytes of its inputs that are already there, by site.
    public var inputsThere: [SiteID: Int64]

    /// A shape without anything special.
    public init(
        shape: Shape, boundTo: AgentID? = nil, notBefore: Instant? = nil, inputsThere: [SiteID: Int64] = [:]
    ) {
        self.shape = shape
        self.boundTo = boundTo
        self.notBefore = notBefore
        self.inputsThere = inputsThere
    }
}
