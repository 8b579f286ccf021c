/// The times that the agent's rules go by. Drills shorten them; the defaults are for real sites.
public struct AgentSettings: Hashable, Sendable {
    /// A heartbeat older than this is silent (§5.4).
    public var heartbeatSilentSeconds: Int64 = 300
    /// A record that has not become final so long after the end is settled as estimated (§4.11).
    public var estimateAfterSeconds: Int64 = 7 * 86_400
    /// Usage of a live attempt is told when it has grown by so much.
    public var usageEverySeconds: Int64 = 300
    /// A job whose pack is over is left alone for so long: its processes go, and its nodes are cleaned up.
    public var windDownSeconds: Int64 = 15
    /// Events that go into one document at most.
    public var eventsPerDocument: Int = 1000
    /// Clauses switched off: only the simulation does that.
    public var disabled: Set<Clause> = []

    /// The defaults.
    public init() {}

    /// Whether a clause is in force.
    public func enforces(_ clause: Clause) -> Bool { disabled.isEmpty || !disabled.contains(clause) }
}
