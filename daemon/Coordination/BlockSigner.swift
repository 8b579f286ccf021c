/// Signs the ledger's blocks: the programme's Ed25519 key.
public protocol BlockSigner: Sendable {
    /// The signature of those bytes, raw (64 bytes).
    func sign(_ bytes: [UInt8]) throws -> [UInt8]
}
