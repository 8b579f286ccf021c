import COpenSSL
import Glibc

/// A seal's private key: it signs. Its text never shows up in a description.
public struct Ed25519Key: Sendable, CustomStringConvertible {
    /// A signature has 64 bytes.
    public static let signatureByteCount = 64

    private let handle: KeyHandle
    /// The public half.
    public let publicKey: Ed25519PublicKey

    private init(handle: KeyHandle) throws {
        self.handle = handle
        publicKey = try Ed25519PublicKey(handle: handle)
    }

    /// A new key from the system's randomness.
    public static func generate() throws -> Ed25519Key {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else {
            throw SealError.openSSL("cannot make an Ed25519 key")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1, let key else {
            throw SealError.openSSL("cannot make an Ed25519 key")
        }
        return try Ed25519Key(handle: KeyHandle(key))
    }

    /// Reads PKCS #8, `-----BEGIN PRIVATE KEY-----`, without a passphrase.
    public init(pem: String) throws { try self.init(pem: pem, origin: "the private key") }

    private init(pem: String, origin: String) throws {
        try self.init(
            handle: KeyHandle.parse(pem, "PRIVATE KEY", origin) { memory in
                // Without this callback OpenSSL would ask for a passphrase at the terminal.
                PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in -1 }, nil)
            })
    }

    /// Reads a key file. Throws `SealError`, also when others than its owner may read it.
    public static func read(path: String) throws -> Ed25519Key {
        try Ed25519Key(pem: KeyFile.read(path), origin: path)
    }

    /// Writes a new key file that only its owner may read (mode 0600); an existing one is never replaced. It is
    /// complete and on disk when this returns.
    public func write(path: String) throws { try KeyFile.write(pem(), path) }

    /// PKCS #8, `-----BEGIN PRIVATE KEY-----`
    public func pem() throws -> String {
        try KeyHandle.text("cannot write the private key") { memory in
            PEM_write_bio_PKCS8PrivateKey(memory, handle.pointer, nil, nil, 0, nil, nil) == 1
        }
    }

    /// 64 bytes; verified by `openssl pkeyutl -verify -rawin`.
    public func sign(_ message: some Sequence<UInt8>) throws -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw SealError.openSSL("cannot sign") }
        defer { EVP_MD_CTX_free(context) }
        let message = Array(message)
        var signature = [UInt8](repeating: 0, count: Self.signatureByteCount)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, handle.pointer) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
            count == Self.signatureByteCount
        else { throw SealError.openSSL("cannot sign") }
        return signature
    }

    /// The public half only.
    public var description: String { "Ed25519Key(public \(publicKey))" }
}
