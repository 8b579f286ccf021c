public import Federation
import Glibc

/// Gives packs to Slurm by its commands, with nothing but a user's rights. A pack's job is known by its name, which is
/// the pack's key; an id alone names nothing, because a controller that crashed gives ids again.
public final class SlurmLauncher: Launcher {
    /// The launcher's name in settings.
    public static let name = "slurm"
    /// Slurm's own starter of ranks, where a site wants it for `mpirun`.
    static let stepStarter = "srun"

    /// What the launcher needs to know of its site.
    public struct Site: Sendable {
        /// The book.
        public var instance: InstanceID
        /// The partitions that the agent serves, by Hansa's names.
        public var partitions: [PartitionID]
        /// This program's own file, as the nodes see it.
        public var executable: String
        /// Jobs at a time, at most.
        public var maximumJobs: Int
        /// The longest walltime, seconds.
        public var maximumWalltimeSeconds: Int64
        /// Seconds between SIGTERM and SIGKILL in the wrapper.
        public var killSeconds: Int64
        /// What the configuration says of this Slurm.
        public var slurm: SlurmSettings

        /// A site with that content.
        public init(
            instance: InstanceID, partitions: [PartitionID], executable: String, maximumJobs: Int,
            maximumWalltimeSeconds: Int64, killSeconds: Int64, slurm: SlurmSettings
        ) {
            self.instance = instance
            self.partitions = partitions
            self.executable = executable
            self.maximumJobs = maximumJobs
            self.maximumWalltimeSeconds = maximumWalltimeSeconds
            self.killSeconds = killSeconds
            self.slurm = slurm
        }
    }

    let site: Site
    let shell: SlurmShell
    var reach = ControllerReach()
    /// The numeric user that the jobs belong to, once known.
    var knownUser: String?
    /// What `squeue` says beside every answer, its version's too: a banner of the site's.
    var banner: String?
    /// Packs whose submission got no clear answer.
    var doubts: [PackID: UnclearSubmission] = [:]
    /// Packs whose end was asked for.
    var cancelled: [PackID: Cancelling] = [:]
    /// When jobs that Slurm had set aside were brought back to its mind, boot clock, microseconds.
    var released: [String: Int64] = [:]
    /// Jobs that the queue showed as over, by pack: it forgets them after minutes.
    var ended: [PackID: [String: QueueRow]] = [:]
    /// This user's jobs in the queue, ours and others, when it was read last.
    var jobsInQueue = 0
    var record = SlurmRecord()
    var limits = SiteLimits()
    var limitsAt: Int64?

    /// A launcher for that site's Slurm; its shell's connection lies in `controlFolder`.
    public init(site: Site, controlFolder: String) {
        self.site = site
        var shell = SlurmShell()
        shell.way = SlurmShell.way(site.slurm.shell) ?? .local
        shell.folders = site.slurm.commands
        shell.configuration = site.slurm.configuration
        shell.seconds = site.slurm.commandSeconds
        shell.controlFolder = controlFolder
        self.shell = shell
        if site.slurm.accounting == "none" { record.accounting = .none }
    }

    /// `slurm`.
    public var kind: String { SlurmLauncher.name }

    /// The site's name of a partition.
    func partition(_ partition: PartitionID) -> String {
        site.slurm.partitions[partition.rawValue] ?? partition.rawValue
    }

    /// The QoS for a partition.
    func qos(_ partition: PartitionID) -> String? { site.slurm.qos[partition.rawValue] }

    /// The name of a pack's job.
    func name(_ pack: PackID) -> String { "hansa-\(site.instance)-\(pack)" }

    /// The numeric user that the commands run as; nil where the way there is closed.
    func user() async -> String? {
        if let knownUser { return knownUser }
        if shell.way == .local {
            knownUser = String(HostCalls.user)
            return knownUser
        }
        let answer = await shell.run("id", ["-u"])
        guard case .answered(let output, _) = answer else {
            reach.failed(answer.fault ?? "", now: WallClock.sinceBoot())
            return nil
        }
        let text = String(decoding: output, as: UTF8.self).filter { !$0.isWhitespace }
        guard !text.isEmpty, text.allSatisfy(\.isNumber) else { return nil }
        knownUser = text
        return text
    }

    /// The pack that a job's name names, if it is one of this instance, to the letter.
    func pack(named name: String) -> PackID? {
        let prefix = "hansa-\(site.instance)-"
        guard name.hasPrefix(prefix) else { return nil }
        let pack = PackID(String(name.dropFirst(prefix.count)))
        return pack.isWellFormed ? pack : nil
    }
}
