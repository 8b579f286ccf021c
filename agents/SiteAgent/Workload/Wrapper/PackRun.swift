import Federation
import Glibc

/// The wrapper of a pack: the job's own process at the site. Checks that it may start, takes the start marker, runs
/// the members under the watchdog's eyes, and leaves markers of what happened. Synchronous, on the
/// process's main thread: the kernel ends its programs when that thread ends.
public final class PackRun {
    /// The exit codes of the wrapper.
    public enum Exit: Int32, Sendable {
        /// All members have their finish markers.
        case finished = 0
        /// The folder is not one of a pack, or cannot be used.
        case unusable = 78
        /// Somebody else has the start marker, or it is too late to start: nothing ran.
        case refused = 86
    }

    let folder: RunFolder
    let record: RunRecord
    let settings: WrapperSettings
    let clock: WallClock
    var gate: SignalGate
    private let executable: String
    private let job: String
    /// This one process: not even the same job, started again, is the same run.
    let runID: String
    private let slots: [Int]
    private let slotFiles: [Int32]
    private(set) var environment: [String: String]
    private(set) var heartbeat: Heartbeat?
    private(set) var watchdog: WatchdogLink?
    /// By the boot clock, microseconds: when the pack's walltime is over.
    private(set) var packDeadline: Int64 = .max
    /// The site told the wrapper to end.
    private(set) var endedBySite = false
    /// Signals that came and were not asked for yet.
    private(set) var noted: Set<Int32> = []

    /// The wrapper of that run folder. `executable` is this program's own file, for the watchdog; `job` the batch
    /// system's id where there is one. Throws words where the folder cannot be used.
    public init(folder path: String, executable: String, environment: [String: String]) throws {
        folder = RunFolder(path: path)
        guard let record = try folder.record() else {
            throw UnreadableFile(path: path, reason: "there is no record.json")
        }
        guard Folder.name(of: path) == record.offer.pack.rawValue else {
            throw UnreadableFile(path: path, reason: "its record is of the pack \(record.offer.pack)")
        }
        self.record = record
        settings = try folder.settings(of: record)
        clock = WallClock(offsetFile: settings.clockOffsetFile)
        self.executable = executable
        var variables = environment
        variables["HANSA_PACK"] = record.offer.pack.rawValue
        variables["HANSA_INSTANCE"] = record.instance.rawValue
        let identity = ProcessIdentity.current?.description ?? "\(getpid())"
        runID = "\(identity).\(RandomName.make())"
        let isSlurm = environment["HANSA_LAUNCHER"] == SlurmLauncher.name
        job = isSlurm ? environment["SLURM_JOB_ID"] ?? identity : identity
        variables["HANSA_JOB"] = job
        self.environment = variables
        slots = PackRun.numbers(environment["HANSA_SLOTS"])
        slotFiles = PackRun.numbers(environment["HANSA_SLOT_FILES"]).map(Int32.init)
        gate = SignalGate([SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD, SIGPIPE])
    }

    /// Runs the pack to its end.
    public func run() throws -> Exit {
        for file in slotFiles { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        let now = clock.now()
        if now > record.offer.mustStartBy {
            say(
                "too late: it is \(now.seconds), and the pack had to start by \(record.offer.mustStartBy.seconds)"
            )
            return .refused
        }
        let marker = try StartMarker(job: job, run: runID, host: hostName, at: now).take(
            in: folder.path)
        guard marker.run == runID else {
            let holder = marker.job.map { $0 == job ? "an earlier run's of this job" : "job \($0)'s" }
            say("the start marker is \(holder ?? "the agent's"); nothing to do here")
            return .refused
        }
        // Taken and then too late: a stopped machine, between the look and the link.
        let began = WallClock.sinceBoot()
        packDeadline = began + record.offer.resources.walltimeSeconds * 1_000_000
        HostCalls.becomeSubreaper()
        // Before the confinement: the watchdog costs next to nothing, and on one core it and the program would wait for
        // each other's start.
        let link = try WatchdogLink.start(
            executable: executable, folder: folder, environment: environment, slots: slotFiles)
        watchdog = link
        let cpus = slots.compactMap { settings.cpus.indices.contains($0) ? settings.cpus[$0] : nil }
        if cpus.count == slots.count { HostCalls.confine(to: cpus) }
        heartbeat = try Heartbeat(path: folder.heartbeatPath, everySeconds: settings.heartbeatSeconds)
        try runMembers()
        let finish = PackFinish(
            startedAt: marker.at, endedAt: clock.now(), elapsedSeconds: WallClock.seconds(since: began))
        try waitingForRoom { try JSONFile.write(finish, to: "\(folder.path)/finish") }
        link.finished()
        return .finished
    }

    /// The heartbeat, where one is due.
    func beat() {
        if heartbeat?.beatIfDue(clock) == true { watchdog?.beat() }
    }

    /// Writes what stands for work that has been done. While the disk is full it tries again until the pack's walltime is
    /// over: a run whose end nobody can read would be run again.
    func waitingForRoom(_ write: () throws -> Void) throws {
        var isFirst = true
        while true {
            do {
                return try write()
            } catch let fault as FileFault where fault.isFull && WallClock.sinceBoot() < packDeadline {
                if isFirst { say("waits for room: \(fault)") }
                isFirst = false
                beat()
                usleep(200_000)
            }
        }
    }

    /// Signals that came since they were asked for last; remembers when the site wants the wrapper to end.
    func signals() -> Set<Int32> {
        noteSignals()
        defer { noted = [] }
        return noted
    }

    /// Takes in what has come, and leaves it for those who ask for it.
    func noteSignals() {
        let taken = gate.taken()
        if taken.contains(SIGTERM) || taken.contains(SIGINT) || taken.contains(SIGHUP) { endedBySite = true }
        noted.formUnion(taken)
    }

    var isCancelled: Bool { DurableFile.exists(folder.cancelPath) }
    var jobName: String { job }
    /// The batch system's own name for this node, by which it can be told to keep off it.
    var hostName: String { environment["SLURMD_NODENAME"] ?? StartMarker.thisHost }
    var confinedTo: [Int] {
        slots.compactMap { settings.cpus.indices.contains($0) ? settings.cpus[$0] : nil }
    }

    /// A line for the wrapper's own log.
    func say(_ words: String) {
        let line = Array("hansa-agent run-pack: \(words)\n".utf8)
        try? DurableFile.writeAll(line, to: 2, path: "stderr")
    }

    private static func numbers(_ text: String?) -> [Int] {
        (text ?? "").split(separator: ",").compactMap { Int($0) }
    }
}
