import DrillKit
import Glibc

/// An agent's journal as files: the database, and what SQLite keeps beside it.
struct JournalFiles {
    let path: String
    private static let endings = ["", "-journal", "-wal", "-shm"]

    /// Copies the journal as it stands into another place; the agent that writes it stands still meanwhile.
    func copy(to other: JournalFiles, while agent: HostProcess) async throws -> Bool {
        guard try await agent.stoppedNow() != nil else { return false }
        do {
            try copy(to: other)
        } catch {
            try await agent.resumed()
            throw error
        }
        try await agent.resumed()
        return agent.isAlive
    }

    /// Copies the journal of an agent that does not run.
    func copy(to other: JournalFiles) throws {
        other.delete()
        for ending in Self.endings {
            guard let bytes = try Self.bytes("\(path)\(ending)") else { continue }
            try Self.write(bytes, to: "\(other.path)\(ending)")
        }
    }

    /// Removes it.
    func delete() { for ending in Self.endings { unlink("\(path)\(ending)") } }

    /// The file's number and size; nil where there is none.
    var identity: String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "inode \(status.st_ino), \(status.st_size) bytes, changed \(status.st_mtim.tv_sec)"
    }

    /// Whether both hold the same.
    func equals(_ other: JournalFiles) throws -> Bool { try Self.bytes(path) == Self.bytes(other.path) }

    private static func bytes(_ path: String) throws -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw DrillFault("\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            guard count >= 0 else { throw DrillFault("\(path): \(String(cString: strerror(errno)))") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DrillFault("\(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw DrillFault("\(path): \(String(cString: strerror(errno)))") }
            done += count
        }
        fsync(file)
    }
}
