public import Seal

/// Signs the ledger's blocks: the programme's Ed25519 key.
public protocol BlockSigner: Sendable {
    /// The signature of those bytes, raw (64 bytes).
    func sign(_ bytes: [UInt8]) throws -> [UInt8]
}

extension Ed25519Key: BlockSigner {
    /// The signature of those bytes.
    public func sign(_ bytes: [UInt8]) throws -> [UInt8] { try sign(bytes[...]) }
}
