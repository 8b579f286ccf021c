import Federation
import Glibc

/// The pack's heartbeat: a file that is written in place and synced, and only then told to the watchdog.
struct Heartbeat {
    private let file: Int32
    private let everyMicroseconds: Int64
    private var next: Int64 = 0

    init(path: String, everySeconds: Int64) throws(FileFault) {
        file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFault("create", path) }
        everyMicroseconds = max(1, everySeconds) * 1_000_000
    }

    /// Writes one if it is due. True if one reached the disk; after a failure it is tried again every second.
    mutating func beatIfDue(_ clock: WallClock) -> Bool {
        let now = WallClock.running()
        guard now >= next else { return false }
        // Always the same length: once the first one is there, a full disk does not stop the others.
        let digits = String(clock.now().microseconds)
        let text = Array((String(repeating: "0", count: max(0, 20 - digits.count)) + digits + "\n").utf8)
        let written = text.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) } == text.count
        let worked = written && fdatasync(file) == 0
        next = now + (worked ? everyMicroseconds : 1_000_000)
        return worked
    }
}
