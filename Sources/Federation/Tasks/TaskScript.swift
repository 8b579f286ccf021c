/// A program that a task brings along as text. It is run once, on the first node, whatever number of ranks the task
/// has: it starts them itself, as a batch script does.
public struct TaskScript: Hashable, Sendable, Codable {
    /// The whole text; its first line names the interpreter.
    public var text: String
    /// The signal that comes before the walltime ends, where not SIGUSR1.
    public var signal: Int32?
    /// Whether the signal goes to what the script has started and not to the script itself.
    public var signalsChildren: Bool?
    /// The folder that it begins in, absolute; nil is the attempt's own.
    public var folder: String?

    /// A script with that text, signalled by SIGUSR1.
    public init(text: String) { self.text = text }

    /// The longest text of one script, bytes.
    public static let maximumBytes = 1 << 20
    /// The most that all scripts of a campaign may be together, bytes: every task carries its own.
    public static let maximumCampaignBytes = 256 << 20

    /// Options of batch systems that a task may not carry along, because Hansa decides them or their effect is not
    /// the task's to have.
    public static let decidedOptions: Set<String> = [
        "account", "array", "begin", "chdir", "cluster", "clusters", "comment", "cpus-per-task", "deadline",
        "dependency", "error", "export", "export-file", "get-user-env", "gid", "gpus", "gpus-per-node",
        "gpus-per-task", "help", "hold", "input", "job-name", "mem", "mem-per-cpu", "mem-per-gpu",
        "no-requeue", "nodes", "ntasks", "ntasks-per-node", "open-mode", "output", "parsable", "partition",
        "qos", "quiet", "requeue", "signal", "test-only", "time", "time-min", "uid", "usage", "verbose",
        "version", "wait", "wrap",
    ]
}
