import FoundationEssentials
import Glibc
import Subprocess

/// A site's folder by ssh, and its chunks by rsync where both sides have it: one connection for many of them. What rsync
/// cannot do, and be it for a login script that prints something, is done without it.
actor RsyncPlace: SitePlace {
    private let plain: RemotePlace
    /// Chunks on their way, below `from` and `to` under the paths that they have at the site.
    private let staging: String
    /// Whether both sides have it; nil until it was looked for.
    private var isUsable: Bool?
    private var outgoing: [String] = []

    init(_ plain: RemotePlace) throws {
        self.plain = plain
        var template = Array(
            "\(RemotePlace.temporary)/hansa-courier-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError(
                .cannotWrite, "no folder for chunks on their way: \(String(cString: strerror(errno)))")
        }
        staging = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: staging) }

    func list(_ folder: String) async throws -> [PlacedFile] { try await plain.list(folder) }

    func run(_ command: String) async throws -> (exit: Int32, output: String) {
        try await plain.run(command)
    }

    func write(_ bytes: [UInt8], to path: String) async throws { try await plain.write(bytes, to: path) }

    func read(_ path: String, limit: Int) async throws -> [UInt8] {
        let brought = "\(staging)/from/\(path)"
        if access(brought, R_OK) == 0 {
            defer { unlink(brought) }
            return try LocalPlace.read(brought, limit: limit)
        }
        return try await plain.read(path, limit: limit)
    }

    func gather(_ names: [String], from folder: String) async throws {
        guard names.count > 1, await hasRsync() else { return }
        let target = "\(staging)/from/\(folder)"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        // What has not come is read without it.
        let list = "\(staging)/names"
        try PrivateFile.write(Array(names.map { $0 + "\n" }.joined().utf8), to: list)
        await rsync(
            ["--files-from=\(list)", "\(plain.host):\(plain.folder)/\(folder)/", "\(target)/"])
    }

    func stage(_ bytes: [UInt8], to path: String) async throws {
        guard await hasRsync() else { return try await plain.write(bytes, to: path) }
        try PrivateFile.write(bytes, to: "\(staging)/to/\(path)")
        outgoing.append(path)
    }

    func sendStaged() async throws {
        let paths = outgoing
        outgoing = []
        guard !paths.isEmpty else { return }
        defer { for path in paths { unlink("\(staging)/to/\(path)") } }
        if await rsync(["-r", "--chmod=D700,F600", "\(staging)/to/", "\(plain.host):\(plain.folder)/"]) {
            return
        }
        for path in paths {
            try await plain.write(
                try LocalPlace.read("\(staging)/to/\(path)", limit: Int(Int32.max)), to: path)
        }
    }

    private func hasRsync() async -> Bool {
        if let isUsable { return isUsable }
        let here = try? await Subprocess.run(
            .name("rsync"), arguments: ["--version"], output: .discarded, error: .discarded)
        let isThere = here.map { RemotePlace.code($0.terminationStatus) == 0 } ?? false
        let both = isThere ? (try? await plain.run("rsync --version >/dev/null"))?.exit == 0 : false
        isUsable = both
        return both
    }

    /// Whether it did it; one that failed is not tried again.
    @discardableResult
    private func rsync(_ words: [String]) async -> Bool {
        let shell = (plain.ssh + RemotePlace.connectionOptions).joined(separator: " ")
        let result = try? await Subprocess.run(
            .name("rsync"), arguments: Arguments(["-q", "--timeout=120", "-e", shell] + words),
            output: .discarded, error: .discarded)
        let isDone = result.map { RemotePlace.code($0.terminationStatus) == 0 } ?? false
        if !isDone { isUsable = false }
        return isDone
    }
}
