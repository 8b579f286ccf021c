import DrillKit
import Glibc

/// A small file system that one program has at a folder, and what it starts: mounted in a mount namespace of theirs, as
/// an ordinary user in a user namespace besides. The drill reaches it through the program's own root.
struct SmallDisk {
    /// Where the program sees it.
    let folder: String
    let megabytes: Int

    /// Whether it can be had here: containers deny mounts to root too, and some hosts deny namespaces to users.
    static let isPossible =
        system(
            "unshare \(namespaces.joined(separator: " ")) mount -t tmpfs none /mnt >/dev/null 2>&1") == 0

    /// A disk of that size at that folder, which is made; its files (not its folders) are on the disk too.
    init(_ folder: String, megabytes: Int) {
        self.folder = folder
        self.megabytes = megabytes
        mkdir(folder, 0o700)
    }

    private static var namespaces: [String] {
        getuid() == 0
            ? ["--mount", "--propagation", "private"]
            : ["--user", "--map-current-user", "--keep-caps", "--mount"]
    }

    /// What starts the program with the disk: it keeps its process, so that signals reach it.
    var executable: String { "/usr/bin/unshare" }

    /// The arguments for that; with `full` the program finds no room on it.
    func arguments(_ program: String, _ arguments: [String], full: Bool = false) -> [String] {
        let filling = "head -c \(megabytes + 1)m /dev/zero >\"$1/fill\" 2>/dev/null && exit 99 || :"
        let script = """
            set -e
            kept=$(mktemp -d)
            find "$1" -maxdepth 1 -type f -exec cp -p {} "$kept/" \\;
            mount -t tmpfs -o "size=$2m,mode=700" none "$1"
            find "$kept" -type f -exec cp -p {} "$1/" \\;
            rm -r "$kept"
            \(full ? filling : ":")
            shift 2
            exec "$@"
            """
        return Self.namespaces + ["sh", "-c", script, "sh", folder, String(megabytes), program] + arguments
    }

    /// Takes all room on the disk of that process, to the last byte; throws where it is not full then.
    func fill(_ process: HostProcess) throws {
        let path = "/proc/\(process.pid)/root\(folder)/fill"
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DrillFault("cannot make \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var written = 0
        for size in [1 << 20, 4096, 1] {
            let bytes = [UInt8](repeating: 0, count: size)
            while true {
                let count = write(file, bytes, size)
                guard count > 0 else { break }
                written += count
                guard written < megabytes << 20 else { throw DrillFault("\(path) is not on the small disk") }
            }
            guard errno == ENOSPC else { throw DrillFault("the disk was not filled: \(errno)") }
        }
    }

    /// Makes room again.
    func empty(_ process: HostProcess) { unlink("/proc/\(process.pid)/root\(folder)/fill") }
}
