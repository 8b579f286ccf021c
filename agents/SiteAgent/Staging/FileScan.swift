import Crypto
import Federation
import Glibc

/// A file read once: its hash, and its chunks' hashes.
struct FileScan {
    var bytes: Int64
    var sha256: String
    var chunks: [Manifest.Chunk]

    /// Reads the whole file.
    static func scan(_ path: String) throws(FileFault) -> FileScan {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw FileFault("open", path) }
        defer { close(file) }
        var whole = SHA256()
        var part = SHA256()
        var partBytes: Int64 = 0
        var result = FileScan(bytes: 0, sha256: "", chunks: [])
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            // A read never reaches over a chunk's end.
            let wanted = min(buffer.count, Int(Manifest.chunkBytes - partBytes))
            let count = read(file, &buffer, wanted)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFault("read", path)
            }
            if count == 0 { break }
            buffer.withUnsafeBytes { bytes in
                let piece = UnsafeRawBufferPointer(rebasing: bytes[0..<count])
                whole.update(bufferPointer: piece)
                part.update(bufferPointer: piece)
            }
            result.bytes += Int64(count)
            partBytes += Int64(count)
            if partBytes == Manifest.chunkBytes {
                result.chunks.append(.init(sha256: ContentHash.hex(part.finalize()), bytes: partBytes))
                part = SHA256()
                partBytes = 0
            }
        }
        if partBytes > 0 {
            result.chunks.append(.init(sha256: ContentHash.hex(part.finalize()), bytes: partBytes))
        }
        result.sha256 = ContentHash.hex(whole.finalize())
        return result
    }
}
