/// What the agent's driver read of the site's record of a pack's jobs.
public struct JobReading: Hashable, Sendable {
    /// What can be seen of the pack: folder first, then queue, then accounting.
    public var evidence: PackEvidence
    /// When accounting was asked, by the site's clock.
    public var readAt: Instant

    /// A reading of that moment.
    public init(evidence: PackEvidence, readAt: Instant) {
        self.evidence = evidence
        self.readAt = readAt
    }
}
