import DrillKit
import Glibc

/// The small file system that an agent's folder is in a drill: it can be filled, and its run folders can be covered so
/// that they can only be read. All of it needs a mount namespace of the seed's own.
struct AgentDisk {
    /// The agent's folder, where the file system is mounted.
    let folder: String

    private var runs: String { "\(folder)/runs" }
    private var filler: String { "\(folder)/filler" }
    private var aside: String { "\(folder)/cover" }

    /// Mounts a file system of that size at the folder, which is made. Before any cluster starts: its nodes copy what
    /// is mounted then, and learn of later mounts because this one is shared.
    static func mount(folder: String, megabytes: Int) throws {
        mkdir(folder, 0o700)
        try mount("tmpfs", on: folder, type: "tmpfs", 0, "size=\(megabytes)m,mode=700")
        try mount("none", on: folder, type: nil, UInt(MS_SHARED), nil)
    }

    /// Takes it away; whoever still uses it keeps it.
    static func unmount(folder: String) { umount2(folder, Int32(MNT_DETACH)) }

    /// Writes until nothing more fits; answers what the kernel said. Nil where the disk is full already.
    func fill() throws -> String? {
        guard access(filler, F_OK) != 0 else { return nil }
        let file = open(filler, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure(filler) }
        defer { close(file) }
        let block = [UInt8](repeating: 0x5A, count: 1 << 16)
        var bytes = 0
        while true {
            let count = write(file, block, block.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == ENOSPC { break }
            guard count > 0 else { throw Self.failure(filler) }
            bytes += count
        }
        return "\(folder): after \(bytes) bytes: \(String(cString: strerror(ENOSPC)))"
    }

    /// Makes room again.
    func empty() throws {
        guard unlink(filler) == 0 || errno == ENOENT else { throw Self.failure(filler) }
    }

    /// Covers the run folders with themselves, read-only. What has a file open goes on writing into it, as with a real
    /// file system that cannot be remounted while it is in use. Nil where they are covered already.
    func cover() throws -> String? {
        guard refusal(through: "") == nil else { return nil }
        // Nodes get a copy of a mount with its flags; a flag that is set later is not passed on to them. So it is made
        // read-only aside, and put in its place then.
        mkdir(aside, 0o700)
        try Self.mount(runs, on: aside, type: nil, UInt(MS_BIND), nil)
        defer {
            umount2(aside, Int32(MNT_DETACH))
            rmdir(aside)
        }
        // Its copy would be a peer of what it was copied from, and be covered itself.
        try Self.mount("none", on: aside, type: nil, UInt(MS_PRIVATE), nil)
        let flags = UInt(MS_BIND | MS_REMOUNT | MS_RDONLY)
        try Self.mount("none", on: aside, type: nil, flags, nil)
        try Self.mount(aside, on: runs, type: nil, UInt(MS_BIND), nil)
        return refusal(through: "").map { "\(runs): \($0)" }
    }

    /// Uncovers them.
    func uncover() throws {
        while refusal(through: "") != nil {
            guard umount2(runs, Int32(MNT_DETACH)) == 0 else { throw Self.failure(runs) }
        }
    }

    /// What the kernel says to whoever would make a file among the run folders, seen from that root; nil where it
    /// lets them.
    func refusal(through root: String) -> String? {
        let path = "\(root)\(runs)/.probe"
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return errno == EROFS ? String(cString: strerror(errno)) : nil }
        close(file)
        unlink(path)
        return nil
    }

    private static func mount(
        _ source: String, on target: String, type: String?, _ flags: UInt, _ data: String?
    ) throws {
        guard Glibc.mount(source, target, type, flags, data) == 0 else { throw failure(target) }
    }

    private static func failure(_ path: String) -> DrillFault {
        DrillFault("\(path): \(String(cString: strerror(errno)))")
    }
}
