import Glibc

/// Whole files that are there completely or not at all, also after a power cut.
public enum DurableFile {
    /// The bytes of a file that is at most `limit` bytes long; a longer one is `EFBIG`.
    public static func read(_ path: String, limit: Int = 64 << 20) throws(FileFault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileFault("open", path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFault("read", path)
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[0..<count])
            if bytes.count > limit { throw FileFault("read", path, code: EFBIG) }
        }
    }

    /// Writes under another name, syncs, renames, syncs the folder. On any failure nothing of it stays. Without
    /// `syncingFolder` the name outlives a power cut only when the folder is synced for another file after this one.
    public static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o600, syncingFolder: Bool = true
    ) throws(FileFault) {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
        do throws(FileFault) {
            try writeDraft(bytes, to: draft, mode: mode)
            guard rename(draft, path) == 0 else { throw FileFault("rename", path) }
        } catch {
            unlink(draft)
            throw error
        }
        if syncingFolder { try syncFolder(of: path) }
    }

    /// Puts the bytes in the place of the file, whole at every moment, and leaves it to the system when they reach the
    /// disk: after a power cut the file may be empty. A sync would have others' commits on the same disk wait for it.
    static func replace(_ bytes: [UInt8], at path: String, mode: UInt32 = 0o600) throws(FileFault) {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
        do throws(FileFault) {
            try writeDraft(bytes, to: draft, mode: mode, syncing: false)
            guard rename(draft, path) == 0 else { throw FileFault("rename", path) }
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Writes a new file and syncs it; it must not be there yet.
    static func writeDraft(
        _ bytes: [UInt8], to path: String, mode: UInt32, syncing: Bool = true
    ) throws(FileFault) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw FileFault("create", path) }
        defer { close(file) }
        try writeAll(bytes, to: file, path: path)
        guard !syncing || fsync(file) == 0 else { throw FileFault("sync", path) }
    }

    /// Writes all bytes to an open file.
    static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(FileFault) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFault("write", path)
            }
            done += count
        }
    }

    /// Makes a rename or link in the file's folder outlive a power cut.
    static func syncFolder(of path: String) throws(FileFault) {
        let folder = Folder.parent(of: path)
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw FileFault("open", folder) }
        defer { close(handle) }
        // Some file systems cannot sync a folder and say EINVAL; their renames are durable or nothing can be done.
        guard fsync(handle) == 0 || errno == EINVAL else { throw FileFault("sync", folder) }
    }

    /// Whether something stands at that path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// When the file was last written, microseconds since 1970, or nil.
    static func modified(_ path: String) -> Int64? {
        FileStatus(path)?.modified
    }
}
