import Federation

/// The command of a member and its environment: the kernel contract.
struct ProgramCommand {
    /// The file that is executed first.
    var executable: String
    /// Its arguments.
    var arguments: [String]
    /// The folder that it begins in.
    var workingFolder: String
    /// The whole environment.
    var environment: [String: String]

    /// Why a program cannot be started, in words.
    struct Fault: Error {
        var words: String
    }

    /// The command of that member. Throws where program or mpirun are missing, with words for the member who wrote
    /// the task.
    init(
        member: Offer.Member, folder: MemberFolder, record: RunRecord, settings: WrapperSettings,
        resume: String,
        base: [String: String], isRoot: Bool
    ) throws(Fault) {
        let spec = member.spec
        var variables = base.filter { !$0.key.hasPrefix("HANSA_") }
        let inSlurm = base["HANSA_LAUNCHER"] == SlurmLauncher.name
        // What says how this job's own environment was made would be taken by its steps for their own.
        if inSlurm { for name in ["SLURM_EXPORT_ENV", "SLURM_GET_USER_ENV"] { variables[name] = nil } }
        variables.merge(settings.environment) { $1 }
        variables.merge(spec.environment) { $1 }
        let path = variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        let threads = max(1, spec.resources.coresPerNode / max(1, spec.resources.ranksPerNode))
        if variables["OMP_NUM_THREADS"] == nil { variables["OMP_NUM_THREADS"] = String(threads) }
        variables["HANSA_INSTANCE"] = record.instance.rawValue
        variables["HANSA_PACK"] = record.offer.pack.rawValue
        variables["HANSA_JOB"] = base["HANSA_JOB"]
        variables["HANSA_TASK"] = member.attempt.task.description
        variables["HANSA_ATTEMPT"] = member.attempt.description
        variables["HANSA_RUN_DIR"] = folder.path
        variables["HANSA_INPUTS"] = folder.inputs
        variables["HANSA_OUTPUTS"] = folder.outputs
        variables["HANSA_METRICS"] = folder.metrics
        variables["HANSA_CHECKPOINTS"] = folder.checkpoints
        variables["HANSA_RESUME"] = resume
        if let cache = settings.corpusCache { variables["HANSA_CORPUS_CACHE"] = cache }
        workingFolder = spec.script?.folder ?? folder.path
        if spec.script != nil { variables["SLURM_SUBMIT_DIR"] = workingFolder }
        environment = variables

        // A script that came along was written into the member's folder.
        let found =
            spec.script == nil
            ? ProgramSearch.find(spec.program, folders: settings.programFolders, path: path) : folder.script
        guard let program = found else {
            throw Fault(
                words: "the program \"\(spec.program)\" is not at this site (looked in "
                    + "\((settings.programFolders + [path]).joined(separator: ":"))), or is not executable")
        }
        var command = [program] + spec.arguments
        let ranks = spec.resources.nodes * spec.resources.ranksPerNode
        // A batch script starts its ranks itself.
        if ranks > 1, spec.script == nil {
            guard let mpirun = ProgramSearch.find(settings.mpirun, folders: [], path: path) else {
                throw Fault(
                    words:
                        "the task wants \(ranks) ranks, and \(settings.mpirun) is not installed at this site")
            }
            let launch = RankLaunch(starter: mpirun, resources: spec.resources, inSlurm: inSlurm)
            environment.merge(launch.variables(beside: variables)) { known, _ in known }
            command = launch.words(environment: variables, isRoot: isRoot) + command
        }
        // The kernel kills the program with the wrapper, even when nobody is left to do it.
        if let setpriv = ProgramSearch.find("setpriv", folders: [], path: "/usr/bin:/bin:\(path)") {
            command = [setpriv, "--pdeathsig", "KILL", "--"] + command
        }
        executable = command[0]
        arguments = Array(command.dropFirst())
    }
}
