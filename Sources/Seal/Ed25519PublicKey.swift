import COpenSSL

/// The public half of a seal's key: it verifies.
public struct Ed25519PublicKey: Sendable, Hashable, CustomStringConvertible {
    private let handle: KeyHandle
    /// The raw 32 bytes.
    public let bytes: [UInt8]

    init(handle: KeyHandle) throws {
        self.handle = handle
        bytes = try handle.publicBytes()
    }

    /// Reads `-----BEGIN PUBLIC KEY-----`. Throws `SealError` for anything but an Ed25519 key.
    public init(pem: String) throws {
        try self.init(
            handle: KeyHandle.parse(pem, "PUBLIC KEY", "the public key") {
                PEM_read_bio_PUBKEY($0, nil, nil, nil)
            })
    }

    /// Takes the raw 32 bytes.
    public init(bytes: [UInt8]) throws {
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else {
            throw SealError.openSSL("\(bytes.count) bytes are not an Ed25519 public key, which has 32")
        }
        try self.init(handle: KeyHandle(key))
    }

    /// `-----BEGIN PUBLIC KEY-----`
    public func pem() throws -> String {
        try KeyHandle.text("cannot write the public key") { PEM_write_bio_PUBKEY($0, handle.pointer) == 1 }
    }

    /// SHA-256 of the raw bytes: a short name for the key.
    public func fingerprint() throws -> Digest { try SHA256.hash(bytes) }

    /// True if this key's private half signed exactly these bytes. Throws only when OpenSSL itself fails.
    public func verify(_ signature: [UInt8], of message: some Sequence<UInt8>) throws -> Bool {
        guard signature.count == Ed25519Key.signatureByteCount else { return false }
        guard let context = EVP_MD_CTX_new() else { throw SealError.openSSL("cannot verify") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, handle.pointer) == 1 else {
            throw SealError.openSSL("cannot verify")
        }
        let message = Array(message)
        let verdict = EVP_DigestVerify(context, signature, signature.count, message, message.count)
        ERR_clear_error()  // a wrong signature is no failure of ours
        return verdict == 1
    }

    /// The same key.
    public static func == (left: Ed25519PublicKey, right: Ed25519PublicKey) -> Bool {
        left.bytes == right.bytes
    }

    /// By the raw bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    /// The raw bytes in hexadecimal.
    public var description: String { Digest(bytes: bytes)?.hex ?? "" }
}
