/// What a site's configuration says of its Slurm (keys `slurm.…`).
public struct SlurmSettings: Hashable, Sendable {
    /// The file that `SLURM_CONF` names; nil leaves it to the commands.
    public var configuration: String?
    /// Folders with the commands, before `PATH`.
    public var commands: [String] = []
    /// `local`, or an ssh command with its destination (`ssh login.site`).
    public var shell = "local"
    /// `auto`, or `none` where a site keeps no accounting or lets nobody ask it.
    public var accounting = "auto"
    /// The site's partition for each of Hansa's that is called otherwise.
    public var partitions: [String: String] = [:]
    /// The QoS for each of Hansa's partitions that wants one.
    public var qos: [String: String] = [:]
    /// Time limit of every command, seconds.
    public var commandSeconds: Int64 = 60
    /// Further options of every submission.
    public var extra: [String] = []

    /// The defaults.
    public init() {}
}
