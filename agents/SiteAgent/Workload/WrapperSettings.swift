/// What the wrapper and its watchdog go by; written into the run folder beside the record, so that a job needs
/// nothing else and settings changed later do not reach into running jobs.
public struct WrapperSettings: Hashable, Sendable, Codable {
    /// Seconds between heartbeats.
    public var heartbeatSeconds: Int64 = 60
    /// After so many seconds without a heartbeat that could be written, everything is ended.
    public var silenceSeconds: Int64 = 120
    /// Seconds between SIGTERM and SIGKILL.
    public var killSeconds: Int64 = 20
    /// How much of the beginning of a log is kept, bytes.
    public var logHeadBytes = 1 << 20
    /// How much of the end of a log is kept, bytes.
    public var logTailBytes = 4 << 20
    /// Folders in which bare program names are looked for before `PATH`.
    public var programFolders: [String] = []
    /// The program that starts ranks.
    public var mpirun = MPILauncher.rankStarter
    /// The corpus cache that programs are told of, if any.
    public var corpusCache: String?
    /// Variables for every program at this site.
    public var environment: [String: String] = [:]
    /// The CPUs that stand behind the slots, slot 0 first; empty leaves programs unconfined.
    public var cpus: [Int] = []
    /// A file with seconds by which the wall clock is moved: drills only.
    public var clockOffsetFile: String?

    /// The defaults.
    public init() {}
}
