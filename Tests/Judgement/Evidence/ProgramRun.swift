/// One process of a workload, by the file that only it wrote.
struct ProgramRun: Sendable {
    var file: String
    var attempt: String
    var rank: String
    var host: String
    var pid: Int64
    /// When the process began, in the kernel's ticks since boot: with the pid it names the process.
    var born: Int64
    /// Its task and its first and last line; nil where it was killed before it wrote any.
    var written: Written?

    /// What it wrote.
    struct Written: Sendable {
        var task: String
        var start: Moment
        var last: Moment
        /// The code with which it said that it ends.
        var ended: Int32?
        /// Whether it asked for the next link of its chain.
        var continues = false
    }

    /// Whether it is a process that a program left behind.
    var isChild: Bool { rank.contains(".child") }
    /// The process in words.
    var name: String { "\(host) process \(pid) (born \(born))" }
}
