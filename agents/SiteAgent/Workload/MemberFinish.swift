public import Federation

/// A member's finish marker: what happened.
public struct MemberFinish: Hashable, Sendable, Codable {
    /// Who ended a program that did not end by itself.
    public enum EndedBy: String, Hashable, Sendable, Codable {
        /// Nobody: it ended by itself.
        case itself
        /// Somebody cancelled it, through its agent.
        case cancel
        /// Its walltime, or its pack's, was over.
        case walltime
        /// The host or its administrator ended the wrapper.
        case site
        /// It made no progress for longer than its task allows.
        case stalled
        /// The wrapper's watchdog was gone, so nothing stood guard any more.
        case unguarded
    }

    /// The program's exit code, if it exited.
    public var exit: Int32?
    /// The signal that ended it, if one did.
    public var signal: Int32?
    /// When it was started; nil if it never was.
    public var startedAt: Instant?
    /// When it was over.
    public var endedAt: Instant
    /// Who ended it.
    public var endedBy: EndedBy
    /// Why it could not be started, if so.
    public var launchFault: String?
    /// The kernel's count of processes killed for memory rose while it ran.
    public var memoryKills: Bool
    /// CPU-seconds of all its processes.
    public var cpuSeconds: Double
    /// The largest resident size of one of its processes, bytes.
    public var maximumResidentBytes: Int64
    /// Processes that it had left behind and that were ended.
    public var leftovers: Int
    /// How long it ran by the host's own count, whatever the wall clock did meanwhile; begun seconds counted.
    public var elapsedSeconds: Int64?
    /// The pattern of its task that its log matched, if it failed and one did.
    public var named: FailurePattern?

    /// A finish without a run: cancelled beforehand, no time left, or not startable.
    public static func withoutRun(at: Instant, endedBy: EndedBy, launchFault: String? = nil) -> MemberFinish {
        MemberFinish(
            exit: nil, signal: nil, startedAt: nil, endedAt: at, endedBy: endedBy, launchFault: launchFault,
            memoryKills: false, cpuSeconds: 0, maximumResidentBytes: 0, leftovers: 0)
    }

    /// What it means for the attempt.
    public var outcome: Outcome {
        if launchFault != nil { return .failed(.launch) }
        if exit == 85 { return .continues }
        switch endedBy {
        case .cancel: return .cancelled
        case .walltime: return .failed(.walltime)
        case .site: return .failed(.preempted)
        case .unguarded: return .failed(.nodeFailure)
        case .stalled: return .failed(.stalled)
        case .itself: break
        }
        if exit == 0 { return .completed }
        if memoryKills, signal == 9 || exit == 137 { return .failed(.outOfMemory) }
        return .failed(named?.failure ?? .nonZeroExit)
    }
}
