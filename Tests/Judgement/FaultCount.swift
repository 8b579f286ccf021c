/// How often a kind of fault was drawn, and how often its effect was seen.
public struct FaultCount: Codable, Sendable, Equatable {
    /// Faults drawn.
    public var runs: Int
    /// Faults whose effect was seen.
    public var landed: Int

    /// So many of each.
    public init(runs: Int = 0, landed: Int = 0) {
        self.runs = runs
        self.landed = landed
    }
}
