import Federation

/// What the person who runs an agent decides: `agents/<site>.yaml`, with every setting's default.
public struct AgentConfiguration: Hashable, Sendable {
    /// The agent's folder, absolute.
    public var folder = ""
    /// Where the journal lies, if the folder is not on a local disk.
    public var journalFolder: String?
    /// The journal may lie on a file system of several hosts: for an agent that lives in batch jobs, of which never two
    /// run at once. SQLite's own locks are all that keeps a second process on another host out then.
    public var sharedJournal = false
    /// The coordinator's address for members, if not the one of the enrolment.
    public var coordinator: String?
    /// The coordinator's address for agents, if not the one of the enrolment.
    public var exchange: String?
    /// What starts jobs: `mpi` (this host) or `slurm`.
    public var launcher = "mpi"
    /// What is said of the site's Slurm.
    public var slurm = SlurmSettings()
    /// The partitions that the agent serves: for `mpi` those that this host stands for.
    public var partitions = ["local"]
    /// Cores of this host that jobs may use, over all agents on it; nil takes all.
    public var slots: Int?
    /// The folder of the host's slot pool; nil is one in `/tmp`, the same in every session of the user.
    public var slotPool: String?
    /// Jobs at a time, at most.
    public var maximumJobs = 64
    /// Submissions that are under way at a time, at most.
    public var submissionsAtOnce = 8
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
    /// How often running packs are looked at, milliseconds, where that is set.
    public var lookMillisecondsSet: Int64?
    /// Seconds between heartbeats of a job.
    public var heartbeatSeconds: Int64 = 60
    /// After so many seconds without a heartbeat that reached the disk, a job is ended.
    public var silenceSeconds: Int64 = 120
    /// How old a job's heartbeat is when it counts as silent, seconds, where that is set.
    public var heartbeatSilentSecondsSet: Int64?
    /// How long after its end a record that does not become final is settled as estimated, seconds, where that is set.
    public var estimateAfterSecondsSet: Int64?
    /// Seconds between SIGTERM and SIGKILL.
    public var killSeconds: Int64 = 20
    /// How often metrics of a running attempt are told, seconds.
    public var metricsSeconds: Int64 = 10
    /// How many days the inputs, outputs, logs and checkpoints of forgotten attempts are kept; records and markers
    /// stay.
    public var keepDays: Int64 = 30
    /// How much room run folders may take, gigabytes; beyond it the oldest that are settled and told are cleaned first.
    public var runGigabytes: Int64 = 500
    /// With less room than this where run folders or the journal lie, nothing new is taken, megabytes; 0 waits until
    /// something cannot be written.
    public var leastFreeMegabytes: Int64 = 16
    /// Seconds between two looks for folders to clean.
    public var houseSeconds: Int64 = 3600
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

    /// Whether jobs go to Slurm.
    var isSlurm: Bool { launcher == SlurmLauncher.name }
    /// How often running packs are looked at, milliseconds: a batch system serves others too.
    var lookMilliseconds: Int64 { lookMillisecondsSet ?? (isSlurm ? 5000 : 1000) }

    /// The rules' times for this launcher. Throws where they would call a job lost that its watchdog has not ended yet.
    func rules() throws(AgentFault) -> Federation.AgentSettings {
        var settings = Federation.AgentSettings()
        if isSlurm {
            settings.heartbeatSilentSeconds = heartbeatSilentSecondsSet ?? 300
            // Where nothing but the markers is ever read, nothing better comes by waiting.
            let patience = slurm.accounting == "none" ? 3600 : settings.estimateAfterSeconds
            settings.estimateAfterSeconds = estimateAfterSecondsSet ?? patience
            guard settings.heartbeatSilentSeconds >= silenceSeconds + heartbeatSeconds else {
                throw .badSetting(
                    file: "settings",
                    reason: "heartbeatSilentSeconds (\(settings.heartbeatSilentSeconds)) has to be at least "
                        + "silenceSeconds + heartbeatSeconds (\(silenceSeconds + heartbeatSeconds))")
            }
        } else {
            // The launcher's word is final: a host knows at once whether any process of a job is left.
            settings.heartbeatSilentSeconds = .min
            settings.estimateAfterSeconds = .min
        }
        // An end may bring a result of 64 KiB and a long manifest; the coordinator takes documents of 16 MiB.
        settings.eventsPerDocument = 100
        return settings
    }

    /// Where a shared ssh connection's socket lies: a short path, because a socket's ends at 107 bytes, and a folder
    /// that only this user may enter.
    func controlFolder(user: UInt32) throws -> String {
        let folder = "/tmp/hansa-ssh-\(user)"
        guard isSlurm, slurm.shell != "local" else { return folder }
        try Folder.make(folder)
        guard let status = FileStatus(folder, followingLinks: false), status.kind == .folder,
            status.owner == user, !status.othersMayWrite
        else {
            throw AgentFault.badSetting(
                file: "settings", reason: "\(folder) belongs to another user, or others may write there")
        }
        return folder
    }

    /// The pool's folder with the default filled in.
    func slotPoolFolder(user: UInt32) -> String { slotPool ?? "/tmp/hansa-slots-\(user)" }
}
