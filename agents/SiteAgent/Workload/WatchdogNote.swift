public import Federation

/// Left by a watchdog that had to end a pack.
public struct WatchdogNote: Hashable, Sendable, Codable {
    /// Why it had to.
    public enum Reason: String, Hashable, Sendable, Codable {
        /// The wrapper was gone without a finish marker.
        case wrapperGone
        /// No heartbeat could be written for too long.
        case silence
        /// `mustEndBy` had come.
        case mustEndBy
    }

    /// Why.
    public var reason: Reason
    /// When nothing was left, by the site's wall clock.
    public var at: Instant
    /// How many processes it ended.
    public var ended: Int
    /// How long it had watched by the host's own count, whatever the wall clock did meanwhile; begun seconds counted.
    public var elapsedSeconds: Int64?
}
