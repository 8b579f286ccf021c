import CoreFoundation
import Foundation
import Glibc

// GRDB brings Foundation into this module, and with it a second owner of the C structures `stat` and `timespec`, which
// is CoreFoundation or Glibc by the order in which the compiler comes to this module's files: only a file that imports
// them all may look into the structures. This is the one that does.

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
        var info = stat()
        guard (followingLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
        switch info.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        default: kind = .other
        }
        bytes = Int64(info.st_size)
        owner = info.st_uid
        othersMayWrite = info.st_mode & 0o022 != 0
        names = Int(info.st_nlink)
        modified = Int64(info.st_mtim.tv_sec) * 1_000_000 + Int64(info.st_mtim.tv_nsec) / 1000
        changed = Int64(info.st_ctim.tv_sec) * 1_000_000 + Int64(info.st_ctim.tv_nsec) / 1000
    }

    /// Sets a file's times to a whole second since 1970.
    static func setTimes(of path: String, seconds: Int) throws(FileFault) {
        let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        guard utimensat(AT_FDCWD, path, times, 0) == 0 else { throw FileFault("set the times of", path) }
    }

    /// A clock's reading in microseconds.
    static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// A signal of the set that is pending, or nil; never waits.
    static func pendingSignal(of watched: inout sigset_t) -> Int32? {
        var info = siginfo_t()
        var none = timespec(tv_sec: 0, tv_nsec: 0)
        let signal = sigtimedwait(&watched, &info, &none)
        return signal > 0 ? signal : nil
    }
}
