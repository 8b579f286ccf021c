/// A sealed block of the ledger.
public struct BlockView: Hashable, Sendable, Codable {
    /// Its number, from 1.
    public var number: Int64
    /// Its first entry.
    public var firstEntry: Int64
    /// Its last entry.
    public var lastEntry: Int64
    /// The hash of the block before it, hexadecimal; 64 zeros for the first.
    public var previous: String
    /// SHA-256 over the 32 raw bytes of the previous hash and the entries' canonical lines, hexadecimal.
    public var hash: String
    /// The Ed25519 signature of the hash's 64 hexadecimal characters, base64.
    public var signature: String
    /// When it was sealed.
    public var sealedAt: Instant

    /// A block with that content.
    public init(
        number: Int64, firstEntry: Int64, lastEntry: Int64, previous: String, hash: String, signature: String,
        sealedAt: Instant
    ) {
        self.number = number
        self.firstEntry = firstEntry
        self.lastEntry = lastEntry
        self.previous = previous
        self.hash = hash
        self.signature = signature
        self.sealedAt = sealedAt
    }
}
