/// Usage and charge summed by some dimensions.
public struct UsageView: Hashable, Sendable, Codable {
    /// The dimensions' values, by name (`site`, `partner`, `workPackage`, `language`, `activity`, `month`, `kind`).
    public var by: [String: String]
    /// The unit of `charged`; sums never cross units.
    public var unit: String
    /// What was charged.
    public var charged: Amount
    /// Node-seconds.
    public var nodeSeconds: Int64
    /// Core-seconds.
    public var coreSeconds: Int64
    /// Device-seconds.
    public var deviceSeconds: Int64
    /// Attempts.
    public var attempts: Int

    /// A sum.
    public init(
        by: [String: String], unit: String, charged: Amount, nodeSeconds: Int64, coreSeconds: Int64,
        deviceSeconds: Int64, attempts: Int
    ) {
        self.by = by
        self.unit = unit
        self.charged = charged
        self.nodeSeconds = nodeSeconds
        self.coreSeconds = coreSeconds
        self.deviceSeconds = deviceSeconds
        self.attempts = attempts
    }
}
