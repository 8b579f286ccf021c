import Glibc

/// A process that is never mistaken for another one that got its number later: pid, start time and boot.
public struct ProcessIdentity: Hashable, Sendable, CustomStringConvertible {
    /// Its number.
    public let pid: Int32
    /// When it started, clock ticks since boot.
    public let start: UInt64
    /// The first digits of the boot's id.
    public let boot: String

    /// The process that has that number now, or nil; a zombie counts as gone.
    public init?(pid: Int32) {
        guard let status = ProcessStatus(pid: pid) else { return nil }
        self.init(pid: pid, status)
    }

    /// The process of that number whose status that is, or nil; a zombie counts as gone.
    init?(pid: Int32, _ status: ProcessStatus) {
        guard status.state != "Z", status.state != "X" else { return nil }
        self.pid = pid
        start = status.start
        boot = ProcessIdentity.currentBoot
    }

    /// Reads the form `pid.start.boot`, which is the MPI launcher's job id.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let pid = Int32(parts[0]), pid > 1, let start = UInt64(parts[1]),
            !parts[2].isEmpty
        else { return nil }
        self.pid = pid
        self.start = start
        boot = String(parts[2])
    }

    /// The form `pid.start.boot`.
    public var description: String { "\(pid).\(start).\(boot)" }
    /// Whether this very process still runs on this host.
    public var isAlive: Bool { ProcessIdentity(pid: pid) == self }

    /// This process.
    static var current: ProcessIdentity? { ProcessIdentity(pid: getpid()) }

    private static let currentBoot: String = {
        let bytes = (try? DurableFile.read("/proc/sys/kernel/random/boot_id", limit: 64)) ?? []
        return String(decoding: bytes.prefix(8), as: UTF8.self)
    }()
}
