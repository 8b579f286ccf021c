/// What a combiner has done so far.
public struct CombinerStatistics: Sendable, Equatable {
    /// Batches sent, halves included.
    public var batches = 0
    /// Requests answered or refused.
    public var requests = 0
    /// The largest batch.
    public var largestBatch = 0
    /// How often a refused batch was halved.
    public var splits = 0
    /// Requests that the server refused.
    public var refused = 0
    /// Requests whose outcome is unknown because the connection broke.
    public var lost = 0
}
