import Glibc

/// Private keys on disk.
enum KeyFile {
    /// A key has 119 bytes; more than this is something else.
    private static let limit = 64 << 10

    static func read(_ path: String) throws -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("cannot open the key file \(path)") }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else { throw failure("cannot read the key file \(path)") }
        guard facts.st_mode & 0o077 == 0 else {
            throw SealError("the key file \(path) can be read or changed by others; its mode must be 0600")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < limit {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot read the key file \(path)") }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, _ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("cannot create the key file \(path)") }
        var rest = Array(text.utf8)[...]
        // The umask may have taken rights from the owner; it cannot have added any for others.
        var done = fchmod(file, 0o600) == 0
        while done, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            done = count > 0
            if done { rest = rest.dropFirst(count) }
        }
        done = done && fsync(file) == 0
        let error = done ? nil : failure("cannot write the key file \(path)")
        close(file)
        guard let error else { return syncFolder(of: path) }
        unlink(path)  // half a key is worse than none
        throw error
    }

    /// The name of a new file is on disk once its folder is.
    private static func syncFolder(of path: String) {
        let parent = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
        let folder = open(String(parent), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func failure(_ attempt: String) -> SealError {
        SealError("\(attempt): \(String(cString: strerror(errno)))")
    }
}
