import Federation
import Glibc
import Seal

/// Bytes on the coordinator's disk, by SHA-256: `ab/cdef…`. A chunk appears under its name only when it is whole,
/// verified and on disk; half a chunk never does, whatever is killed when.
struct Depot: Sendable {
    private let folder: String
    private let limit: Int64

    /// A depot in that folder, which is made where it is not there. Throws `CoordinationError`.
    init(folder: String, limit: Int64) throws {
        self.folder = folder
        self.limit = limit
        for path in [folder, folder + "/incoming"] where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw Self.failure("cannot make the folder \(path)")
        }
    }

    /// Throws unless that is an SHA-256 in 64 lower-case hexadecimal digits: it becomes a path.
    static func mustBeHash(_ text: String) throws {
        let isHash =
            text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isHash else {
            throw CoordinationError(
                .invalid, "a chunk is named by its SHA-256, 64 lower-case hexadecimal digits")
        }
    }

    /// A chunk's path and length, if it is there.
    func find(_ sha256: String) -> (path: String, bytes: Int64)? {
        let path = path(sha256)
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return (path, Int64(facts.st_size))
    }

    /// Writes a chunk beside its place while hashing it, and moves it there when the hash is right; answers its length.
    func store(
        _ sha256: String, _ bytes: some AsyncSequence<[UInt8], any Error>, used: Int64
    ) async throws -> Int64 {
        let incoming = "\(folder)/incoming/\(sha256).\(RandomName.make(length: 10))"
        let file = open(incoming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("cannot write to the depot") }
        defer {
            close(file)
            unlink(incoming)  // gone already when all went well
        }
        var length: Int64 = 0
        var hash = try SHA256()
        for try await block in bytes {
            length += Int64(block.count)
            guard length <= Manifest.chunkBytes else {
                throw CoordinationError(.tooLarge, "a chunk has at most \(Manifest.chunkBytes) bytes")
            }
            guard used + length <= limit else {
                throw CoordinationError(.tooLarge, "the depot is full: \(limit) bytes are allowed")
            }
            try Self.write(block, to: file)
            try hash.update(block)
        }
        let found = try hash.finish().hex
        guard found == sha256 else {
            throw CoordinationError(.invalid, "the bytes' SHA-256 is \(found), not \(sha256)")
        }
        guard fsync(file) == 0 else { throw Self.failure("cannot write to the depot") }
        let target = path(sha256)
        let parent = "\(folder)/\(sha256.prefix(2))"
        guard mkdir(parent, 0o700) == 0 || errno == EEXIST, rename(incoming, target) == 0 else {
            throw Self.failure("cannot move a chunk to its place")
        }
        Self.sync(parent)
        Self.sync(folder)
        return length
    }

    private func path(_ sha256: String) -> String { "\(folder)/\(sha256.prefix(2))/\(sha256.dropFirst(2))" }

    private static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot write to the depot") }
            rest = rest.dropFirst(count)
        }
    }

    /// A new name is on disk once its folder is.
    private static func sync(_ path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func failure(_ attempt: String) -> CoordinationError {
        CoordinationError(.unavailable, "\(attempt): \(String(cString: strerror(errno)))")
    }
}
