import Glibc

/// A failed operation on a file or folder: what was tried, where, and what the system said.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried (`write`, `link`, …).
    public var action: String
    /// On which path.
    public var path: String
    /// The system's error number.
    public var code: Int32

    /// The failure with that error number.
    public init(_ action: String, _ path: String, code: Int32) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// The failure with the thread's last error number.
    init(_ action: String, _ path: String) { self.init(action, path, code: errno) }

    /// Whether there was no room: something that passes once somebody makes some.
    public var isFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }

    /// Action, path and reason in words.
    public var description: String { "cannot \(action) \(path): \(String(cString: strerror(code)))" }
}
