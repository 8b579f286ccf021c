import Glibc

/// Folders of this agent: all private to its user.
public enum Folder {
    /// Makes the folder and those above it where they are missing, mode 0700.
    public static func make(_ path: String) throws(FileFault) {
        if mkdir(path, 0o700) == 0 || (errno == EEXIST && isFolder(path)) { return }
        guard errno == ENOENT else { throw FileFault("make the folder", path) }
        let above = parent(of: path)
        guard above != path else { throw FileFault("make the folder", path, code: ENOENT) }
        try make(above)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFault("make the folder", path) }
    }

    /// The names in a folder, sorted; empty where there is none.
    public static func entries(_ path: String) -> [String] {
        guard let handle = opendir(path) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file or a folder with all that is in it; links are removed, never followed.
    public static func remove(_ path: String) throws(FileFault) {
        if unlink(path) == 0 || errno == ENOENT { return }
        guard errno == EISDIR || errno == EPERM || errno == EACCES else { throw FileFault("remove", path) }
        chmod(path, 0o700)
        for name in entries(path) { try remove("\(path)/\(name)") }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileFault("remove", path) }
    }

    /// Whether a folder stands at that path (through links).
    static func isFolder(_ path: String) -> Bool {
        FileStatus(path)?.kind == .folder
    }

    /// The folder above, `.` for a bare name.
    static func parent(of path: String) -> String {
        var trimmed = path
        while trimmed.count > 1 && trimmed.hasSuffix("/") { trimmed.removeLast() }
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }

    /// The path's last part.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Bytes that this user may still write there, or nil.
    public static func freeBytes(_ path: String) -> Int64? {
        var info = statvfs()
        guard statvfs(path, &info) == 0 else { return nil }
        return Int64(
            clamping: UInt64(info.f_bavail).multipliedReportingOverflow(by: UInt64(info.f_frsize))
                .partialValue)
    }
}
