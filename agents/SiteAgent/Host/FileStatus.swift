import CHost
import Glibc

/// What the system says of a file.
struct FileStatus {
    /// What sort of thing it is.
    enum Kind {
        case file
        case folder
        case other
    }

    var kind: Kind
    var bytes: Int64
    var owner: UInt32
    /// Whether others than the owner may write.
    var othersMayWrite: Bool
    /// How many names it has.
    var names: Int
    /// Last written, microseconds since 1970.
    var modified: Int64
    /// Last changed in any way (names, mode, content), microseconds since 1970.
    var changed: Int64

    /// The status of what stands at the path, or nil. Links are followed unless told otherwise.
    init?(_ path: String, followingLinks: Bool = true) {
        var info = chost_file()
        guard chost_status(path, followingLinks ? 1 : 0, &info) == 0 else { return nil }
        switch info.kind {
        case 1: kind = .file
        case 2: kind = .folder
        default: kind = .other
        }
        bytes = info.bytes
        owner = info.owner
        othersMayWrite = info.mode & 0o022 != 0
        names = Int(info.names)
        modified = info.modified
        changed = info.changed
    }

    /// Sets a file's times to a whole second since 1970.
    static func setTimes(of path: String, seconds: Int) throws(FileFault) {
        guard chost_set_times(path, Int64(seconds)) == 0 else { throw FileFault("set the times of", path) }
    }

    /// A clock's reading in microseconds.
    static func microseconds(_ clock: clockid_t) -> Int64 { chost_clock(clock) }

    /// A file that can be read while a blocked signal of the set is pending, or -1.
    static func signalFile(of watched: inout sigset_t) -> Int32 { chost_signal_file(&watched) }

    /// A child of this process that has ended and can be reaped, or nil; never waits.
    static func endedChild() -> Int32? {
        let child = chost_ended_child()
        return child > 0 ? child : nil
    }

    /// A signal of the set that is pending, or nil; never waits.
    static func pendingSignal(of watched: inout sigset_t) -> Int32? {
        let signal = chost_pending_signal(&watched)
        return signal > 0 ? signal : nil
    }
}
