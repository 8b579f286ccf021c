/// What options mean that are no part of the resources.
extension SbatchOption {
    /// Options that say how much of what a job asks for; `ScriptMapping.readResources` reads them.
    static let resources: Set<SbatchOption> = [
        .nodes, .ntasks, .ntasksPerNode, .ntasksPerGpu, .cpusPerTask, .cpusPerGpu, .mincpus, .gpus,
        .gpusPerNode,
        .gpusPerTask, .gpusPerSocket, .gres, .tresPerTask, .mem, .memPerCpu, .memPerGpu, .exclusive, .time,
    ]

    /// Whether its value is a word of one site: elsewhere it would mean nothing, or something else.
    var isWordOfOneSite: Bool {
        switch self {
        case .constraint, .prefer, .clusterConstraint, .licenses, .reservation, .nodelist, .exclude, .bb,
            .network,
            .mcsLabel, .batch, .container, .context, .wckey, .power:
            true
        default: false
        }
    }

    /// Why it cannot be part of a task, and what to write instead.
    var refusal: (message: String, advice: String)? {
        switch self {
        case .wrap: ("a script cannot wrap another one", "write the command into the script")
        case .help, .usage, .version: ("sbatch would print this and submit nothing", "delete it")
        case .testOnly: ("sbatch would submit nothing", "delete it, and use hansa submit --dry-run")
        case .uid, .gid:
            ("a task runs as the site's agent, never as somebody else", "delete it")
        case .hold:
            ("a task cannot be submitted to wait for a hand", "delete it, and submit when it may run")
        case .begin:
            (
                "a task has no time before which it may not start",
                "delete it, and submit at that time, e.g. by cron"
            )
        case .deadline:
            ("a task has no time by which it must have ended", "delete it; hansa why says when it can start")
        case .clusters: ("sites are Hansa's to choose", "delete it, or name them: hansa submit --sites SITE")
        case .exportFile:
            (
                "the file is on your machine, not at the site",
                "write its lines into the script: export NAME=value"
            )
        case .bbf: ("the file is on your machine, not at the site", "write its directives into the script")
        case .nodefile: ("the file is on your machine, not at the site", "delete it")
        case .input:
            ("a task has no standard input", "write into the script, before the first command: exec < FILE")
        case .noRequeue:
            (
                "Hansa begins a task again when its node fails or the site takes its nodes back",
                "delete the line if the script bears that; each attempt has a folder of its own"
            )
        case .reboot: ("rebooting nodes is for those who run the site", "delete it")
        default: nil
        }
    }
}
