import COpenSSL

/// Owns one of OpenSSL's keys. OpenSSL counts references atomically and never changes a key that is only used,
/// so it may be used from any thread.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes ownership.
    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Throws unless it is an Ed25519 key.
    func checked(_ origin: String) throws -> KeyHandle {
        guard EVP_PKEY_get_id(pointer) == EVP_PKEY_ED25519 else {
            let kind = EVP_PKEY_get0_type_name(pointer).map { String(cString: $0) } ?? "unknown"
            throw SealError("\(origin): an Ed25519 key is needed, this is a key of type \(kind)")
        }
        return self
    }

    /// The raw 32 bytes of the public half.
    func publicBytes() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, count == 32 else {
            throw SealError.openSSL("cannot read the public key")
        }
        return bytes
    }

    /// What `write` puts into a memory buffer. Its memory is wiped: it may be a private key.
    static func text(_ attempt: String, _ write: (OpaquePointer) -> Bool) throws -> String {
        guard let memory = BIO_new(BIO_s_secmem()) else { throw SealError.openSSL(attempt) }
        defer { BIO_free(memory) }
        guard write(memory) else { throw SealError.openSSL(attempt) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = BIO_read(memory, &bytes, Int32(bytes.count))
        guard count > 0 else { throw SealError.openSSL(attempt) }
        defer { OPENSSL_cleanse(&bytes, bytes.count) }
        return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
    }

    /// What `read` makes of a text, whose first line must be that of a `kind`: OpenSSL itself says no more than
    /// "unsupported" of anything else.
    static func parse(
        _ pem: String, _ kind: String, _ origin: String, _ read: (OpaquePointer) -> OpaquePointer?
    ) throws -> KeyHandle {
        guard pem.contains("-----BEGIN \(kind)-----") else {
            let locked = pem.contains("-----BEGIN ENCRYPTED") ? "; it is locked by a passphrase" : ""
            throw SealError("cannot read \(origin): it has no line -----BEGIN \(kind)-----\(locked)")
        }
        ERR_clear_error()
        let bytes = Array(pem.utf8)
        guard let memory = BIO_new_mem_buf(bytes, Int32(truncatingIfNeeded: bytes.count)) else {
            throw SealError.openSSL("cannot read \(origin)")
        }
        defer { BIO_free(memory) }
        guard let key = read(memory) else { throw SealError.openSSL("cannot read \(origin)") }
        return try KeyHandle(key).checked(origin)
    }
}
