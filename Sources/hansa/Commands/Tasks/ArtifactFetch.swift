import APIClient
import Federation
import Seal

/// Fetches an artifact's files into a folder. What is already there with the right hash is not fetched again, so that
/// an interrupted fetch goes on where it stopped.
struct ArtifactFetch {
    let client: CoordinatorClient
    let folder: String

    func fetch(_ view: ArtifactView) async throws {
        let manifest: Manifest = try await client.get(
            "/v1/artifacts/\(view.sha256)/manifest", retry: .idempotent)
        if let fault = manifest.fault { throw CommandError(.data, "the manifest of \(view.name): \(fault)") }
        for file in manifest.files {
            let path = folder + "/" + file.path
            if let there = try? SHA256.hash(file: path), there.hex == file.sha256 { continue }
            var bytes: [UInt8] = []
            for chunk in file.chunks {
                let piece = try await client.bytes("/v1/depot/\(chunk.sha256)", retry: .idempotent)
                guard try SHA256.hash(piece).hex == chunk.sha256 else {
                    throw CommandError(
                        .data, "\(file.path): a chunk arrived with another SHA-256 than \(chunk.sha256)")
                }
                bytes += piece
            }
            guard try SHA256.hash(bytes).hex == file.sha256 else {
                throw CommandError(
                    .data, "\(file.path) does not have the SHA-256 \(file.sha256) of its manifest")
            }
            try PrivateFile.write(bytes, to: path)
        }
    }
}
