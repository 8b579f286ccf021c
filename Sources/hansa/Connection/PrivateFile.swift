import FoundationEssentials
import Glibc

/// Files that only their owner may read.
enum PrivateFile {
    /// Writes the file beside its place with mode 0600 and moves it there, so that nobody ever sees half of it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        if !folder.isEmpty {
            try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else {
                close(descriptor)
                unlink(draft)
                throw failure(path)
            }
            written += count
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
            throw failure(path)
        }
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(.cannotWrite, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
