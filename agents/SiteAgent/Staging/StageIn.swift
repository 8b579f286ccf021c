import APIClient
import Crypto
import Federation
import Glibc

/// Brings artifacts from the coordinator's depot into the site's store: every chunk and every file is verified while
/// it is written, and nothing unverified ever gets its name.
struct StageIn: Sendable {
    let store: ContentStore
    let link: any CoordinatorLink

    /// Brings in whatever of the inputs is not here. Nothing is ever used of a file whose hash is wrong.
    @concurrent
    func fetch(_ inputs: [StagedInput]) async throws(StagingFault) {
        for input in inputs {
            try StageIn.check(input)
            for file in store.lacking(input.manifest) {
                try await fetch(file, of: input)
            }
        }
    }

    /// Whether the input's manifest may be used at all; the reason where not.
    static func check(_ input: StagedInput) throws(StagingFault) {
        guard Identifier<StagedInput>(input.name).isWellFormed else {
            throw .permanent("the input's name \"\(input.name)\" cannot be a folder's")
        }
        if let fault = input.manifest.fault {
            throw .permanent("the manifest of the input \"\(input.name)\" is damaged: \(fault)")
        }
        let hash = try? ContentHash.of(input.manifest)
        guard hash == input.sha256 else {
            throw .permanent(
                "the manifest of the input \"\(input.name)\" has the SHA-256 \(hash ?? "?"), not \(input.sha256)"
            )
        }
    }

    private func fetch(_ file: Manifest.File, of input: StagedInput) async throws(StagingFault) {
        let name = "\"\(file.path)\" of the input \"\(input.name)\""
        do {
            let draft = try store.makeDraft()
            defer { unlink(draft) }
            let handle = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard handle >= 0 else { throw FileFault("create", draft) }
            defer { close(handle) }
            var whole = SHA256()
            for chunk in file.chunks {
                let bytes = try await link.chunk(chunk.sha256)
                let hash = ContentHash.of(bytes)
                guard hash == chunk.sha256, Int64(bytes.count) == chunk.bytes else {
                    throw StagingFault.permanent(
                        "a chunk of \(name) came with the SHA-256 \(hash) and \(bytes.count) bytes instead of "
                            + "\(chunk.sha256) and \(chunk.bytes): it was not used")
                }
                whole.update(data: bytes)
                try DurableFile.writeAll(bytes, to: handle, path: draft)
            }
            let hash = ContentHash.hex(whole.finalize())
            guard hash == file.sha256 else {
                throw StagingFault.permanent(
                    "\(name) has the SHA-256 \(hash), not \(file.sha256): it was not used")
            }
            guard fsync(handle) == 0 else { throw FileFault("sync", draft) }
            try store.adopt(draft: draft, sha256: file.sha256)
        } catch let fault as StagingFault {
            throw fault
        } catch let fault as FileFault {
            throw .passing("\(name) could not be stored: \(fault)")
        } catch let error as ClientError {
            // 404 is "nobody has it"; all else may pass.
            if error.status == 404 || error.status == 410 {
                throw .permanent("\(name) is not in the coordinator's depot: \(error)")
            }
            throw .passing("\(name) could not be fetched: \(error)")
        } catch {
            throw .passing("\(name) could not be fetched: \(error)")
        }
    }
}
