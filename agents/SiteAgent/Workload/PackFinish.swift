public import Federation

/// The pack's finish marker: written last, when every member has its own and nothing of the pack runs any more
/// but the wrapper itself.
public struct PackFinish: Hashable, Sendable, Codable {
    /// When its job took the start marker.
    public var startedAt: Instant
    /// When the last member was over.
    public var endedAt: Instant
    /// How long that was by the host's own count, whatever the wall clock did meanwhile; begun seconds counted.
    public var elapsedSeconds: Int64?
}
