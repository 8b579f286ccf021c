import FoundationEssentials
import Glibc
import Subprocess

/// A site's folder that this host sees as its own: a mounted disk, or a site on this host.
struct LocalPlace: SitePlace {
    let folder: String

    func list(_ below: String) async throws -> [PlacedFile] {
        let path = "\(folder)/\(below)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().compactMap { name in
            var facts = stat()
            guard lstat("\(path)/\(name)", &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
            return PlacedFile(name: name, bytes: Int(facts.st_size))
        }
    }

    func read(_ path: String, limit: Int) async throws -> [UInt8] {
        try LocalPlace.read("\(folder)/\(path)", limit: limit)
    }

    func write(_ bytes: [UInt8], to path: String) async throws {
        let parts = path.split(separator: "/")
        let draft = (parts.dropLast() + [".\(parts.last ?? "file").part"]).joined(separator: "/")
        try PrivateFile.write(bytes, to: "\(folder)/\(draft)")
        guard rename("\(folder)/\(draft)", "\(folder)/\(path)") == 0 else {
            throw CommandError(.cannotWrite, "\(folder)/\(path): \(String(cString: strerror(errno)))")
        }
    }

    func run(_ command: String) async throws -> (exit: Int32, output: String) {
        let result = try await Subprocess.run(
            .name("sh"), arguments: ["-c", command], output: .string(limit: 1 << 20),
            error: .combinedWithOutput)
        return (RemotePlace.code(result.terminationStatus), result.standardOutput)
    }

    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw CommandError(.noInput, "\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandError(.noInput, "\(path): \(String(cString: strerror(errno)))")
            }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else {
                throw CommandError(.data, "\(path) has more than the \(limit) bytes that it may have")
            }
        }
    }
}
