import Glibc

/// The wrapper's end of the two pipes between it and its watchdog. Each side learns of the other's death by the end
/// of its pipe, at once.
final class WatchdogLink {
    private let beats: Int32
    private let life: Int32
    /// The watchdog's pid, a child of this process.
    let pid: Int32

    private init(beats: Int32, life: Int32, pid: Int32) {
        self.beats = beats
        self.life = life
        self.pid = pid
    }

    /// The descriptors under which a watchdog finds its ends.
    static let beatsDescriptor: Int32 = 3
    static let lifeDescriptor: Int32 = 4

    /// Starts the watchdog of that run folder as a session of its own; `slots` are open files it holds along.
    static func start(
        executable: String, folder: RunFolder, environment: [String: String], slots: [Int32]
    ) throws(FileFault) -> WatchdogLink {
        let toWatchdog = try pipe()
        let fromWatchdog = try pipe()
        var variables = environment
        variables["HANSA_ROLE"] = "watchdog"
        var descriptors: [Int32: Int32] = [
            beatsDescriptor: toWatchdog.read, lifeDescriptor: fromWatchdog.write,
        ]
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        descriptors[0] = null
        descriptors[1] = null
        descriptors[2] = 2
        for (index, slot) in slots.enumerated() { descriptors[Int32(10 + index)] = slot }
        defer {
            close(null)
            close(toWatchdog.read)
            close(fromWatchdog.write)
        }
        let pid = try Spawn(
            executable: executable, arguments: ["watch", folder.path], environment: variables,
            descriptors: descriptors, ownSession: true
        ).start()
        return WatchdogLink(beats: toWatchdog.write, life: fromWatchdog.read, pid: pid)
    }

    /// Tells the watchdog that a heartbeat reached the disk.
    func beat() { send(UInt8(ascii: "b")) }
    /// Tells the watchdog that the finish marker stands: it leaves.
    func finished() { send(UInt8(ascii: "f")) }

    /// Whether the watchdog is gone.
    var isGone: Bool {
        var watched = pollfd(fd: life, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) > 0
    }

    private func send(_ byte: UInt8) {
        var byte = byte
        _ = write(beats, &byte, 1)  // SIGPIPE is ignored; a watchdog that is gone shows in `isGone`
    }

    private static func pipe() throws(FileFault) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw FileFault("make a pipe for", "the watchdog") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
