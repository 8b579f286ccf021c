/// Which kind of file system a path is on, from `/proc/self/mountinfo`.
struct MountTable {
    private let mounts: [(point: String, kind: String)]

    /// Reads the text of a mountinfo file.
    init(_ text: String) {
        var mounts: [(point: String, kind: String)] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 1, fields.count > 4 else {
                continue
            }
            mounts.append((MountTable.unescaped(fields[4]), String(fields[dash + 1])))
        }
        self.mounts = mounts
    }

    /// This process's mounts.
    static func current() -> MountTable {
        let bytes = (try? DurableFile.read("/proc/self/mountinfo", limit: 8 << 20)) ?? []
        return MountTable(String(decoding: bytes, as: UTF8.self))
    }

    /// The kind of file system under an absolute path, or nil.
    func kind(of path: String) -> String? {
        // The last of equally long ones lies on top.
        var best: (length: Int, kind: String)?
        for mount in mounts {
            let covers = mount.point == "/" || path == mount.point || path.hasPrefix("\(mount.point)/")
            if covers, mount.point.utf8.count >= (best?.length ?? 0) {
                best = (mount.point.utf8.count, mount.kind)
            }
        }
        return best?.kind
    }

    /// Whether several hosts can write there at a time, so that a lock of this host proves nothing.
    static func isShared(kind: String) -> Bool {
        let shared: Set<String> = [
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "lustre", "gpfs", "beegfs", "ceph", "glusterfs", "9p",
            "afs",
            "ocfs2", "gfs2", "pvfs2", "panfs", "wekafs", "virtiofs",
        ]
        return shared.contains(kind) || kind.hasPrefix("fuse.sshfs") || kind.hasPrefix("fuse.glusterfs")
            || kind.hasPrefix("fuse.ceph") || kind.hasPrefix("fuse.beegfs")
    }

    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.count >= 3,
                let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
