import Store

extension Coordinator {
    /// Which of these chunks the depot lacks.
    public func missingChunks(_ hashes: [String]) async throws -> [String] {
        try await CoordinationError.translating {
            for hash in hashes { try Depot.mustBeHash(hash) }
            return try await stores.artifacts.missing(hashes)
        }
    }

    /// Takes a chunk; it is hashed while it is written, and kept only if the bytes are what the name says.
    public func storeChunk(
        sha256: String, bytes: some AsyncSequence<[UInt8], any Error> & Sendable
    ) async throws {
        try await CoordinationError.translating {
            try Depot.mustBeHash(sha256)
            let length: Int64
            if let known = depot.find(sha256) {
                length = known.bytes
            } else {
                let used = try await stores.artifacts.depotBytes()
                length = try await depot.store(sha256, bytes, used: used)
            }
            try await stores.artifacts.stored(sha256, bytes: length, now: settings.now())
            signals.depotChanged()
        }
    }

    /// The same for a member: only what a version consists of that its partner may see. To anybody else the depot lacks
    /// it.
    public func openChunk(sha256: String, by principal: Principal) async throws -> (
        path: String, bytes: Int64
    )? {
        let isVisible = try await CoordinationError.translating {
            try Depot.mustBeHash(sha256)
            if principal.seesEverything { return true }
            return try await stores.artifacts.mayRead(chunk: sha256, principal.partner)
        }
        return isVisible ? try await openChunk(sha256: sha256) : nil
    }

    /// Where a chunk stands on disk and how long it is; nil when the depot lacks it.
    public func openChunk(sha256: String) async throws -> (path: String, bytes: Int64)? {
        try await CoordinationError.translating {
            try Depot.mustBeHash(sha256)
            if let found = depot.find(sha256) { return found }
            // Gone from the disk behind our back: those who ask what is missing should hear of it.
            try await stores.artifacts.lost(sha256)
            return nil
        }
    }
}
