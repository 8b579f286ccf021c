/// What the person who runs an agent decides: `agents/<site>.yaml`, with every setting's default.
public struct AgentConfiguration: Hashable, Sendable {
    /// The agent's folder, absolute.
    public var folder = ""
    /// Where the journal lies, if the folder is not on a local disk.
    public var journalFolder: String?
    /// The coordinator's address for members, if not the one of the enrolment.
    public var coordinator: String?
    /// The coordinator's address for agents, if not the one of the enrolment.
    public var exchange: String?
    /// What starts jobs: `mpi` (this host).
    public var launcher = "mpi"
    /// The partitions that this host stands for.
    public var partitions = ["local"]
    /// Cores of this host that jobs may use, over all agents on it; nil takes all.
    public var slots: Int?
    /// The folder of the host's slot pool; nil is one in `/tmp`, the same in every session of the user.
    public var slotPool: String?
    /// Jobs at a time, at most.
    public var maximumJobs = 64
    /// The longest walltime taken, seconds.
    public var maximumWalltimeSeconds: Int64 = 7 * 86_400
    /// Folders in which bare program names are looked for before `PATH`; the agent's own folder comes first.
    public var programFolders: [String] = []
    /// The program that starts ranks.
    public var mpirun = MPILauncher.rankStarter
    /// Where programs cache corpora; nil is `cache` in the agent's folder.
    public var corpusCache: String?
    /// Variables for every program.
    public var environment: [String: String] = [:]
    /// How long an exchange may stay open while there is nothing to say, seconds.
    public var pollSeconds: Int64 = 30
    /// How often running packs are looked at, milliseconds.
    public var lookMilliseconds: Int64 = 1000
    /// Seconds between heartbeats of a job.
    public var heartbeatSeconds: Int64 = 60
    /// After so many seconds without a heartbeat that reached the disk, a job is ended.
    public var silenceSeconds: Int64 = 120
    /// Seconds between SIGTERM and SIGKILL.
    public var killSeconds: Int64 = 20
    /// How often metrics of a running attempt are told, seconds.
    public var metricsSeconds: Int64 = 10
    /// How many days the inputs, outputs, logs and checkpoints of forgotten attempts are kept; records and markers
    /// stay.
    public var keepDays: Int64 = 30
    /// How many days the journal remembers attempts that are over; longer than the oldest backup that the coordinator
    /// may be restored from.
    public var historyDays: Int64 = 400
    /// How large the store may grow by files that no run folder uses, gigabytes.
    public var storeGigabytes: Int64 = 100
    /// How much a courier is asked to carry at a time, each way, megabytes.
    public var courierMegabytes: Int64 = 4096
    /// A file with seconds by which jobs' wall clock is moved: drills only.
    public var clockOffsetFile: String?

    /// The defaults.
    public init() {}

    /// The pool's folder with the default filled in.
    func slotPoolFolder(user: UInt32) -> String { slotPool ?? "/tmp/hansa-slots-\(user)" }
}
