import COpenSSL
import Glibc

/// An SHA-256 hash in the making; the same number as `sha256sum`.
///
/// A value that cannot be copied: it owns OpenSSL's state.
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// The hash of nothing so far. Throws `SealError` when OpenSSL has no memory, or no SHA-256.
    public init() throws {
        guard let context = EVP_MD_CTX_new() else { throw SealError.openSSL("cannot start an SHA-256") }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw SealError.openSSL("cannot start an SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public mutating func update(_ bytes: some Sequence<UInt8>) throws {
        let done =
            bytes.withContiguousStorageIfAvailable {
                EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1
            }
            ?? Array(bytes).withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
        if !done { throw SealError.openSSL("cannot hash") }
    }

    /// Adds the bytes that a buffer holds, for files read in pieces.
    public mutating func update(buffer: UnsafeRawBufferPointer) throws {
        guard EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1 else {
            throw SealError.openSSL("cannot hash")
        }
    }

    /// The hash of all bytes added.
    public consuming func finish() throws -> Digest {
        var bytes = [UInt8](repeating: 0, count: Digest.byteCount)
        guard EVP_DigestFinal_ex(context, &bytes, nil) == 1, let digest = Digest(bytes: bytes) else {
            throw SealError.openSSL("cannot hash")
        }
        return digest
    }

    /// The hash of these bytes.
    public static func hash(_ bytes: some Sequence<UInt8>) throws -> Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finish()
    }

    /// The hash of a file's bytes, read in pieces of 1 MiB. Blocks: never call it on the cooperative pool.
    public static func hash(file path: String) throws -> Digest {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw SealError("cannot open \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        var hash = try SHA256()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { piece.deallocate() }
        while true {
            let count = read(file, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw SealError("cannot read \(path): \(String(cString: strerror(errno)))")
            }
            if count == 0 { return try hash.finish() }
            try hash.update(buffer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }
}
