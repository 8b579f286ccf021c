extension Coordinator {
    /// Which of these chunks the depot lacks.
    public func missingChunks(_ hashes: [String]) async throws -> [String] { throw pending() }

    /// Takes a chunk; it is hashed while it is written, and kept only if the bytes are what the name says.
    public func storeChunk(
        sha256: String, bytes: some AsyncSequence<[UInt8], any Error> & Sendable
    ) async throws { throw pending() }

    /// Where a chunk stands on disk and how long it is; nil when the depot lacks it.
    public func openChunk(sha256: String) async throws -> (path: String, bytes: Int64)? { throw pending() }
}
