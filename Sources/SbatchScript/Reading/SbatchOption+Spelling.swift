/// How each option is written.
extension SbatchOption {
    /// Whether an option takes a value.
    enum Argument {
        /// Never.
        case none
        /// Always: `--name=value`, `--name value`, `-nvalue`, `-n value`.
        case required
        /// Only attached: `--name=value`, `-nvalue`.
        case optional
    }

    /// The short names.
    static let letters: [Character: SbatchOption] = [
        "A": .account, "a": .array, "b": .begin, "D": .chdir, "M": .clusters, "C": .constraint,
        "S":
            .coreSpec, "c": .cpusPerTask, "d": .dependency, "m": .distribution, "e": .error,
        "x":
            .exclude, "B": .extraNodeInfo, "G": .gpus, "h": .help, "H": .hold, "i": .input,
        "J":
            .jobName, "L": .licenses, "k": .noKill, "F": .nodefile, "w": .nodelist, "N": .nodes,
        "n":
            .ntasks, "o": .output, "O": .overcommit, "s": .oversubscribe, "p": .partition, "q": .qos,
        "Q": .quiet, "t": .time, "v": .verbose, "V": .version, "W": .wait,
    ]

    /// Other long names that mean the same.
    static let otherNames: [String: SbatchOption] = [
        "cluster": .clusters, "tasks-per-node": .ntasksPerNode, "ntasks-per-tres": .ntasksPerGpu,
    ]

    /// Every long name with its option, as they are compared with abbreviations.
    static let longNames: [(name: String, option: SbatchOption)] =
        allCases.map { ($0.rawValue, $0) } + otherNames.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }

    /// Options of versions after 22.05, which are passed on as they are.
    static let laterNames: Set<String> = [
        "consolidate-segments", "external-launcher", "oom-kill-step", "resv-ports", "segment",
        "spread-segments", "stepmgr", "tres-bind",
    ]

    /// Whether it takes a value.
    var argument: Argument {
        switch self {
        case .exclusive, .getUserEnv, .nice, .noKill, .propagate:
            .optional
        case .contiguous, .help, .hold, .ignorePbs, .noRequeue, .overcommit, .oversubscribe, .parsable,
            .quiet, .reboot, .requeue, .spreadJob, .testOnly, .usage, .useMinNodes, .verbose,
            .version, .wait:
            .none
        default: .required
        }
    }
}
