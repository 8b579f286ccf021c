internal import Glibc

/// A file being written, hashed on the way; `finish` makes it durable.
final class DurableFile {
    private let path: String
    private var descriptor: Int32
    private var hash = SHA256()

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw KernelFault.system("cannot write \(path)", errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes all of the bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws {
        hash.update(bytes)
        var rest = bytes
        while let base = rest.baseAddress, !rest.isEmpty {
            let written = write(descriptor, base, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw KernelFault.system("cannot write \(path)", errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    /// Synchronises and closes; answers the SHA-256 of what was written, in hexadecimal.
    @discardableResult
    func finish() throws -> String {
        guard fsync(descriptor) == 0 else { throw KernelFault.system("cannot synchronise \(path)", errno) }
        close(descriptor)
        descriptor = -1
        return hash.finish()
    }
}
