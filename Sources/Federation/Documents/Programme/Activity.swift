/// Why work is done, and whether its compute counts towards a model's training compute: dated data with a source.
public struct Activity: Hashable, Sendable, Codable {
    /// Its id (`pretraining`, `evaluation`, …).
    public var id: String
    /// Its title.
    public var title: String
    /// Whether its compute counts towards training compute.
    public var countsTowardsTrainingCompute: Bool
    /// It holds from this moment on.
    public var from: Instant
    /// Where that comes from.
    public var source: String
    /// Whether somebody has checked it.
    public var verified: Bool

    /// An activity that counts or does not.
    public init(
        id: String, title: String, countsTowardsTrainingCompute: Bool, from: Instant = .distantPast,
        source: String,
        verified: Bool = false
    ) {
        self.id = id
        self.title = title
        self.countsTowardsTrainingCompute = countsTowardsTrainingCompute
        self.from = from
        self.source = source
        self.verified = verified
    }
}
