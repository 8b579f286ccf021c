public import Federation
import Glibc

/// Runs packs on the agent's own host: a job is a detached wrapper process that holds its slots. Its id is the
/// wrapper's pid, start time and boot; its jobs are found by the environment of their processes.
public final class MPILauncher: Launcher {
    /// The program that starts ranks, unless a setting of the same name says otherwise.
    public static let rankStarter = "mpirun"

    /// What the launcher needs to know of its site.
    public struct Site: Sendable {
        /// The book.
        public var instance: InstanceID
        /// The partitions that stand for this host.
        public var partitions: [PartitionID]
        /// This program's own file.
        public var executable: String
        /// Jobs at a time, at most.
        public var maximumJobs: Int
        /// The longest walltime, seconds.
        public var maximumWalltimeSeconds: Int64
        /// Seconds after a cancellation at which a wrapper that did not react is killed.
        public var killSeconds: Int64

        /// A site with that content.
        public init(
            instance: InstanceID, partitions: [PartitionID], executable: String, maximumJobs: Int,
            maximumWalltimeSeconds: Int64, killSeconds: Int64
        ) {
            self.instance = instance
            self.partitions = partitions
            self.executable = executable
            self.maximumJobs = maximumJobs
            self.maximumWalltimeSeconds = maximumWalltimeSeconds
            self.killSeconds = killSeconds
        }
    }

    private let site: Site
    private let pool: SlotPool
    private let memoryMiB: Int
    /// Slots that were free when they were counted last.
    private var freeSlots = 0
    /// Packs that wait for slots, first come first.
    private var line: [PackID] = []
    /// Slots of packs that were admitted and not yet started.
    private var leases: [PackID: SlotLease] = [:]
    /// Wrappers that this process started and has to reap.
    private var children: Set<Int32> = []
    /// When a pack's end was first asked for, boot clock.
    private var cancelled: [PackID: Int64] = [:]

    /// A launcher for this host with that pool.
    public init(site: Site, pool: SlotPool) {
        self.site = site
        self.pool = pool
        memoryMiB = MPILauncher.hostMemoryMiB()
    }

    /// `mpi`.
    public var kind: String { "mpi" }

    /// Partition, slots, memory, devices and walltime against this host.
    public func fault(of offer: Offer) -> String? {
        let resources = offer.resources
        if !site.partitions.contains(offer.partition) {
            return "this agent has no partition \"\(offer.partition)\""
        }
        let wanted = slots(for: resources)
        if wanted > pool.slots { return "it wants \(wanted) cores, and this host has \(pool.slots)" }
        let memory = resources.nodes * resources.memoryMiBPerNode
        if memory > memoryMiB { return "it wants \(memory) MiB of memory, and this host has \(memoryMiB)" }
        if resources.devicesPerNode > 0 { return "it wants accelerators, and this host offers none" }
        if resources.walltimeSeconds > site.maximumWalltimeSeconds {
            return "its walltime of \(resources.walltimeSeconds) s is longer than the "
                + "\(site.maximumWalltimeSeconds) s allowed here"
        }
        return nil
    }

    /// Free slots and jobs.
    public func capacity(openPacks: Int) async -> [PartitionCapacity] {
        if let free = (try? pool.free()) ?? nil { freeSlots = free }
        let waiting = openPacks > 0 && !line.isEmpty
        return site.partitions.map { partition in
            PartitionCapacity(
                partition: partition, freeJobs: max(0, site.maximumJobs - openPacks),
                freeCores: waiting ? 0 : freeSlots, maximumWalltimeSeconds: site.maximumWalltimeSeconds)
        }
    }

    /// First come, first served: a wide pack is not overtaken for ever by narrow ones.
    public func admit(_ waiting: [(pack: PackID, offer: Offer)]) async -> [PackID: Admission] {
        let offers = Dictionary(waiting.map { ($0.pack, $0.offer) }, uniquingKeysWith: { first, _ in first })
        line.removeAll { offers[$0] == nil }
        for pack in leases.keys where offers[pack] == nil { leases.removeValue(forKey: pack)?.release() }
        for entry in waiting where !line.contains(entry.pack) { line.append(entry.pack) }
        var answers: [PackID: Admission] = [:]
        var blocked = false
        for pack in line {
            guard let offer = offers[pack] else { continue }
            let wanted = slots(for: offer.resources)
            if leases[pack] != nil {
                answers[pack] = .now
            } else if !blocked, let lease = (try? pool.take(wanted)) ?? nil {
                leases[pack] = lease
                answers[pack] = .now
            } else {
                blocked = true
                answers[pack] = .later("waits for \(wanted) of this host's \(pool.slots) cores")
            }
        }
        line.removeAll { answers[$0] == .now }
        return answers
    }

    /// Starts the wrapper as a session of its own; it inherits the slots.
    public func submit(_ request: JobRequest) async -> SubmissionAnswer {
        guard let lease = leases.removeValue(forKey: request.offer.pack) else {
            return .doubtful("it has no slots")
        }
        defer { lease.release() }
        let log = open("\(request.folder.path)/wrapper.log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(log)
            close(null)
        }
        guard log >= 0, null >= 0 else {
            return .doubtful("\(FileFault("open", "\(request.folder.path)/wrapper.log"))")
        }
        var environment = HostCalls.environment().filter { !$0.key.hasPrefix("HANSA_") }
        var descriptors: [Int32: Int32] = [0: null, 1: log, 2: log]
        var names: [String] = []
        for (index, file) in lease.files.enumerated() {
            let number = Int32(10 + index)
            descriptors[number] = file
            names.append(String(number))
        }
        environment["HANSA_ROLE"] = "wrapper"
        environment["HANSA_INSTANCE"] = site.instance.rawValue
        environment["HANSA_PACK"] = request.offer.pack.rawValue
        environment["HANSA_SLOTS"] = lease.slots.map(String.init).joined(separator: ",")
        environment["HANSA_SLOT_FILES"] = names.joined(separator: ",")
        do {
            let pid = try Spawn(
                executable: site.executable, arguments: ["run-pack", request.folder.path],
                environment: environment, descriptors: descriptors, ownSession: true
            ).start()
            children.insert(pid)
            // Gone already means that it refused and that its exit is seen by nobody: doubt, and the markers tell.
            guard let identity = ProcessIdentity(pid: pid) else {
                return .doubtful("the wrapper ended at once")
            }
            return .submitted(job: identity.description)
        } catch {
            return .doubtful("\(error)")
        }
    }

    /// All processes of the instance's packs, by their environment; a pack whose wrapper and watchdog were both
    /// killed has what it left ended here.
    public func queue() async -> QueueReading? {
        var status: Int32 = 0
        for pid in children where waitpid(pid, &status, WNOHANG) != 0 { children.remove(pid) }
        var reading = QueueReading()
        var guarded: Set<PackID> = []
        let entries = ProcessTable.entries(instance: site.instance.rawValue)
        for entry in entries {
            guard let name = entry.variables["HANSA_PACK"] else { continue }
            let pack = PackID(name)
            let job =
                entry.isWrapper
                ? entry.identity.description : entry.variables["HANSA_JOB"] ?? entry.identity.description
            if entry.isWrapper || entry.isWatchdog { guarded.insert(pack) }
            if reading.packs[pack]?.ids.contains(job) != true {
                reading.packs[pack, default: .init()].ids.append(job)
            }
        }
        for entry in entries {
            guard let name = entry.variables["HANSA_PACK"], !guarded.contains(PackID(name)) else { continue }
            Leftovers.send(SIGKILL, to: entry.identity)
        }
        return reading
    }

    /// The wrapper's own markers are this launcher's accounting.
    public func rows(of packs: [PackInQuestion]) async -> [PackID: [JobRow]]? {
        var rows: [PackID: [JobRow]] = [:]
        for question in packs { rows[question.pack] = MarkerRows.rows(of: question) }
        return rows
    }

    /// SIGTERM to the wrapper, which ends its program, then SIGKILL to one that does not react: its watchdog ends
    /// the rest.
    public func cancel(_ pack: PackID) async {
        let now = WallClock.sinceBoot()
        let first = cancelled[pack] ?? now
        cancelled[pack] = first
        let patience = (site.killSeconds + 10) * 1_000_000
        let entries = ProcessTable.entries(instance: site.instance.rawValue, pack: pack.rawValue)
        for entry in entries where entry.isWrapper {
            Leftovers.send(now - first > patience ? SIGKILL : SIGTERM, to: entry.identity)
        }
        if entries.isEmpty { cancelled[pack] = nil }
    }

    private func slots(for resources: Resources) -> Int {
        resources.exclusive ? pool.slots : max(1, resources.nodes * resources.coresPerNode)
    }

    private static func hostMemoryMiB() -> Int {
        Int(clamping: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / (1 << 20))
    }
}
