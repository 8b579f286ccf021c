import Federation

/// How ranks are started: by mpirun on this host, by mpirun within a Slurm allocation, or by srun.
struct RankLaunch {
    /// The program's file.
    var starter: String
    var resources: Resources
    var inSlurm: Bool
    /// The library that keeps mpirun on the loopback, where this site has it.
    var loopback: String? = RankLaunch.loopbackLibrary

    /// Beside this program; mpirun listens on all addresses of the host without it.
    static let loopbackLibrary: String? = {
        let path = "\(Folder.parent(of: InternalCommands.executable))/libhansa-loopback.so"
        return DurableFile.exists(path) ? path : nil
    }()

    /// Whether all ranks are on one host, so that nothing of them has to be reached from another.
    var isOnOneHost: Bool { resources.nodes == 1 }

    /// What Open MPI is to be told for this, unless the site or the task tells it otherwise: ranks of one host speak
    /// through its memory, and open no port.
    func variables(beside known: [String: String]) -> [String: String] {
        guard isOnOneHost else { return [:] }
        return [
            "OMPI_MCA_btl": "self,vader", "OMPI_MCA_oob_tcp_if_include": "lo",
        ].filter { known[$0.key] == nil }
    }

    /// The words before the member's own program.
    func words(environment: [String: String], isRoot: Bool) -> [String] {
        let ranks = resources.nodes * resources.ranksPerNode
        let perNode = resources.ranksPerNode
        if inSlurm, Folder.name(of: starter) == SlurmLauncher.stepStarter {
            let cores = SubmissionOptions.tasks(resources).cores
            return [
                starter, "--nodes=\(resources.nodes)", "--ntasks=\(ranks)", "--ntasks-per-node=\(perNode)",
                "--cpus-per-task=\(cores)", "--kill-on-bad-exit=1",
            ]
        }
        var words: [String] = []
        if isOnOneHost, let loopback, DurableFile.exists("/usr/bin/env") {
            let others = environment["LD_PRELOAD"].map { ":\($0)" } ?? ""
            words += ["/usr/bin/env", "LD_PRELOAD=\(loopback)\(others)"]
        }
        words += [starter, "-n", String(ranks)]
        if inSlurm {
            // The allocation's own slots count, unless more ranks than cores were asked for.
            let crowded = perNode > SubmissionOptions.tasks(resources).perNode
            words += ["--map-by", "ppr:\(perNode):node\(crowded ? ":OVERSUBSCRIBE" : "")"]
        } else {
            words.append("--oversubscribe")
        }
        // The job is confined to its CPUs already, by its slots or by Slurm, and ranks inherit that: bound by mpirun
        // itself, every job on the host would begin at core 0. A site that knows better says so.
        if environment["OMPI_MCA_hwloc_base_binding_policy"] == nil { words += ["--bind-to", "none"] }
        if isRoot { words.append("--allow-run-as-root") }
        return words
    }
}
