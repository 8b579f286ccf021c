public import Federation

/// A job to start.
public struct JobRequest: Sendable {
    /// The pack's run folder.
    public var folder: RunFolder
    /// What was offered.
    public var offer: Offer
    /// The job's name and comment: the key it is found by.
    public var name: String
    /// Hosts to keep off, the worst first: jobs have failed there more than once. A batch system that would be left with
    /// too few nodes takes fewer of them, or none.
    public var excludedNodes: [String] = []
}
