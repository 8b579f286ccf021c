import Federation

/// What `sbatch` is told of a pack. Every option that decides anything is said, so that no site default, file or
/// variable decides it.
struct SubmissionOptions {
    /// Seconds by which the job's time limit is longer than the pack's walltime: the wrapper ends the program, saves
    /// and leaves its markers; the batch system's limit is only there should the wrapper not be able to. A minute more
    /// than it needs, because a signal of the batch system may come a minute early.
    static func margin(killSeconds: Int64) -> Int64 { killSeconds + 90 }

    /// How ranks and cores are put to Slurm: tasks of a node, and cores of each.
    static func tasks(_ resources: Resources) -> (perNode: Int, cores: Int) {
        let cores = max(1, resources.coresPerNode)
        let ranks = max(1, resources.ranksPerNode)
        return cores % ranks == 0 ? (ranks, cores / ranks) : (cores, 1)
    }

    let request: JobRequest
    let partition: String
    let qos: String?
    let killSeconds: Int64
    /// The partition's own limit, seconds, where it is known.
    let longest: Int64?
    /// All nodes of the partition, where they are known.
    let allNodes: Int?
    let extra: [String]

    /// The words after `sbatch`, the script last.
    func words(script: String) -> [String] {
        let offer = request.offer
        let resources = offer.resources
        let tasks = SubmissionOptions.tasks(resources)
        let signal = max(60, offer.members.map(\.spec.signalSecondsBeforeEnd).max() ?? 60)
        // What a task brings along first: of an option that comes twice, also one that it shortened, the last counts.
        var words = offer.members.count == 1 ? offer.members[0].spec.batchOptions : []
        words += [
            "--parsable", "--job-name=\(request.name)", "--comment=\(request.name)",
            "--partition=\(partition)", "--nodes=\(resources.nodes)", "--ntasks-per-node=\(tasks.perNode)",
            "--cpus-per-task=\(tasks.cores)", "--time=\(minutes)", "--chdir=\(request.folder.path)",
            "--output=\(SubmissionOptions.pattern("\(request.folder.path)/wrapper.log"))",
            "--open-mode=append", "--no-requeue", "--export=ALL", "--signal=B:USR1@\(signal)",
        ]
        if !offer.account.isEmpty { words.append("--account=\(offer.account)") }
        if let qos { words.append("--qos=\(qos)") }
        if resources.memoryMiBPerNode > 0 { words.append("--mem=\(resources.memoryMiBPerNode)M") }
        if resources.devicesPerNode > 0 { words.append("--gres=gpu:\(resources.devicesPerNode)") }
        if resources.exclusive { words.append("--exclusive") }
        if !excluded.isEmpty { words.append("--exclude=\(excluded.joined(separator: ","))") }
        return words + extra + [script]
    }

    /// The worst of the nodes to keep off, as long as twice the nodes that the job wants are left: a name that is none
    /// there, or too many names, and Slurm would refuse the job.
    var excluded: [String] {
        guard let allNodes else { return [] }
        let spare = max(0, allNodes - 2 * request.offer.resources.nodes)
        let isName = { (name: String) in
            !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                        || (0x61...0x7A).contains(byte)
                        || byte == 0x2D || byte == 0x2E || byte == 0x5F
                }
        }
        return Array(request.excludedNodes.filter(isName).prefix(spare))
    }

    /// The time limit in minutes, which is what Slurm counts in.
    var minutes: Int64 {
        let walltime = request.offer.resources.walltimeSeconds
        let wanted = walltime + SubmissionOptions.margin(killSeconds: killSeconds)
        let limit = longest.map { min(wanted, max($0, walltime)) } ?? wanted
        return max(1, longest != nil && limit < wanted ? limit / 60 : (limit + 59) / 60)
    }

    /// A path in which nothing stands for something else.
    static func pattern(_ path: String) -> String {
        path.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    }
}
