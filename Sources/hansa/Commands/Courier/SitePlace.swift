/// The folder at a site in which an agent's outbox and inbox are.
protocol SitePlace: Sendable {
    /// The plain files of a folder below it, with their lengths; none where there is no such folder.
    func list(_ folder: String) async throws -> [PlacedFile]
    /// A file's bytes, at most so many.
    func read(_ path: String, limit: Int) async throws -> [UInt8]
    /// Writes a file that appears whole or not at all.
    func write(_ bytes: [UInt8], to path: String) async throws
    /// Runs a command there and answers its exit code and what it printed.
    func run(_ command: String) async throws -> (exit: Int32, output: String)
    /// Fetches those files of a folder beforehand where that is quicker than one by one; `read` answers them anyway.
    func gather(_ names: [String], from folder: String) async throws
    /// Writes a file, now or with others at `sendStaged`.
    func stage(_ bytes: [UInt8], to path: String) async throws
    /// Writes what was staged and is not there yet.
    func sendStaged() async throws
}

extension SitePlace {
    func gather(_ names: [String], from folder: String) async throws {}
    func stage(_ bytes: [UInt8], to path: String) async throws { try await write(bytes, to: path) }
    func sendStaged() async throws {}
}
