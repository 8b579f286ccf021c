import APIClient
import Federation
import Glibc

/// Takes a completed member's outputs along: manifests of all, bytes of those that may leave the site. The result
/// stands in the member's folder before the end is told.
struct StageOut: Sendable {
    let store: ContentStore
    let link: any CoordinatorLink
    /// Chunks asked for in one request.
    private let batch = 1000

    /// Stages the declared outputs out and writes `staged.json`.
    @concurrent
    func stage(_ folder: MemberFolder, spec: TaskSpec) async throws(StagingFault) {
        do {
            var staged = StagedOutputs(artifacts: [], notes: [])
            for output in spec.outputs {
                let artifact = try await stage(output, in: folder, notes: &staged.notes)
                staged.artifacts.append(artifact)
            }
            try JSONFile.write(staged, to: folder.stagedPath)
        } catch let fault as StagingFault {
            throw fault
        } catch let error as ClientError {
            throw .passing("its outputs could not be taken along: \(error)")
        } catch {
            throw .passing("its outputs could not be taken along: \(error)")
        }
    }

    private func stage(
        _ output: TaskOutput, in folder: MemberFolder, notes: inout [String]
    ) async throws -> ProducedArtifact {
        let root = "\(folder.outputs)/\(output.name)"
        var files: [Manifest.File] = []
        var paths: [String: String] = [:]
        for relative in OutputWalk.files(below: root, notes: &notes) {
            let path = relative.isEmpty ? root : "\(root)/\(relative)"
            let scan = try FileScan.scan(path)
            let name = relative.isEmpty ? output.name : relative
            files.append(.init(path: name, bytes: scan.bytes, sha256: scan.sha256, chunks: scan.chunks))
            paths[name] = path
        }
        files.sort { $0.path < $1.path }
        if files.isEmpty { notes.append("the output \"\(output.name)\" is empty") }
        let manifest = Manifest(files: files)
        if let fault = manifest.fault {
            notes.append("the output \"\(output.name)\" cannot be taken along: \(fault)")
            let nothing = Manifest(files: [])
            return ProducedArtifact(
                name: output.name, sha256: try ContentHash.of(nothing), manifest: nothing, staysAtSite: true)
        }
        var stays = output.residency != nil
        if !stays {
            do {
                try await send(manifest, from: paths)
                try await mustHaveArrived(manifest)
            } catch let error as ClientError where StageOut.isRefusal(error) {
                // It is kept here, and its manifest travels: nothing is lost, and the task's end is told.
                notes.append("the bytes of the output \"\(output.name)\" stay at the site: \(error)")
                stays = true
            }
        }
        for file in manifest.files {
            if let path = paths[file.path] { try store.keep(path, sha256: file.sha256) }
        }
        return ProducedArtifact(
            name: output.name, sha256: try ContentHash.of(manifest), manifest: manifest, staysAtSite: stays)
    }

    /// Whether the depot will say no to the same bytes tomorrow as well.
    private static func isRefusal(_ error: ClientError) -> Bool {
        guard let status = error.status else { return false }
        return (400..<500).contains(status) && ![401, 403, 408, 409, 425, 429].contains(status)
    }

    private func send(_ manifest: Manifest, from paths: [String: String]) async throws {
        let wanted = Array(Set(manifest.files.flatMap(\.chunks).map(\.sha256))).sorted()
        var missing: Set<String> = []
        for start in stride(from: 0, to: wanted.count, by: batch) {
            missing.formUnion(try await link.missing(Array(wanted[start..<min(start + batch, wanted.count)])))
        }
        for file in manifest.files where !missing.isEmpty {
            guard let path = paths[file.path] else { continue }
            var offset: Int64 = 0
            for chunk in file.chunks {
                if missing.contains(chunk.sha256) {
                    let bytes = try read(path, offset: offset, bytes: chunk.bytes)
                    guard ContentHash.of(bytes) == chunk.sha256 else {
                        throw StagingFault.passing("\(path) changed while it was staged out")
                    }
                    try await link.put(bytes, sha256: chunk.sha256)
                    missing.remove(chunk.sha256)
                }
                offset += chunk.bytes
            }
        }
    }

    /// The end is told when the bytes are where the task's children find them.
    private func mustHaveArrived(_ manifest: Manifest) async throws {
        let chunks = Array(Set(manifest.files.flatMap(\.chunks).map(\.sha256)))
        let underway = try await link.underway(chunks).count
        guard underway > 0 else { return }
        throw StagingFault.passing("its outputs are on their way with the courier: \(underway) chunks")
    }

    private func read(_ path: String, offset: Int64, bytes: Int64) throws(FileFault) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw FileFault("open", path) }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: Int(bytes))
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeMutableBytes { pointer in
                pread(
                    file, pointer.baseAddress?.advanced(by: done), pointer.count - done,
                    off_t(offset) + off_t(done))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileFault("read", path, code: count == 0 ? EIO : errno) }
            done += count
        }
        return buffer
    }
}
