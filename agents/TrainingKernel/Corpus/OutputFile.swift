internal import Glibc

/// Files that are either whole or not there.
enum OutputFile {
    /// Writes a file under a temporary name, brings it to the disk and renames it.
    static func write(_ bytes: [UInt8], to path: String) throws(CorpusFault) {
        let partial = "\(path).partial-\(getpid())"
        let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw CorpusFault(.file, "cannot write \(path): \(FileFailure.reason)") }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress.map { $0 + written }, $0.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            written += count
        }
        let isWhole = written == bytes.count && fsync(file) == 0
        let reason = FileFailure.reason
        guard close(file) == 0, isWhole, rename(partial, path) == 0 else {
            unlink(partial)
            throw CorpusFault(.file, "cannot write \(path): \(reason)")
        }
    }

    /// Appends whole lines in one call, so that lines of several writers do not mix.
    static func append(_ line: String, to path: String) throws(CorpusFault) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard file >= 0 else {
            throw CorpusFault(.file, "cannot append to \(path): \(FileFailure.reason)")
        }
        defer { close(file) }
        let bytes = Array((line + "\n").utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw CorpusFault(.file, "cannot append to \(path): \(FileFailure.reason)")
        }
    }

    /// The whole content of a file.
    static func read(_ path: String) throws(CorpusFault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw CorpusFault(.file, "cannot read \(path): \(FileFailure.reason)") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CorpusFault(.file, "cannot read \(path): not a file")
        }
        var failure: String?
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
            while filled < buffer.count {
                let count = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = FileFailure.reason }
                guard count > 0 else { return }
                filled += count
            }
        }
        if let failure { throw CorpusFault(.file, "cannot read \(path): \(failure)") }
        return bytes
    }

    /// SHA-256 of a file in hexadecimal digits.
    static func sha256(_ path: String) throws(CorpusFault) -> String {
        SHA256Digest.hex(of: try read(path))
    }
}
