import Federation

/// How ranks are started: by mpirun on this host, by mpirun within a Slurm allocation, or by srun.
struct RankLaunch {
    /// The program's file.
    var starter: String
    var resources: Resources
    var inSlurm: Bool

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
        var words = [starter, "-n", String(ranks)]
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
