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
}
