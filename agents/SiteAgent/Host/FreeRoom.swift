import Glibc

/// How much room a file system has left.
enum FreeRoom {
    /// Bytes that this user may still write there, or nil where the system does not say. A quota of the user's own is
    /// not in it.
    static func bytes(at path: String) -> Int64? {
        var answer = statvfs()
        guard statvfs(path, &answer) == 0 else { return nil }
        return Int64(
            clamping: UInt64(answer.f_bavail).multipliedReportingOverflow(by: UInt64(answer.f_frsize)).0)
    }
}
