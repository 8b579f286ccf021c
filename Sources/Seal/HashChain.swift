/// A chain of blocks, each bound to all before it: hash = SHA-256(previous hash ‖ payload).
///
/// The previous hash is its 32 bytes, not their hexadecimal text; before the first block it is all zero. So
/// stock tools can follow a chain: `(printf %s "$previous" | xxd -r -p; cat payload) | sha256sum`.
public struct HashChain: Sendable, Hashable {
    /// The hash of the last block.
    public private(set) var head: Digest
    /// How many blocks there are.
    public private(set) var count: Int

    /// A chain to go on with; without arguments an empty one.
    public init(head: Digest = .zero, count: Int = 0) {
        self.head = head
        self.count = count
    }

    /// The hash of a block.
    public static func hash(previous: Digest, payload: some Sequence<UInt8>) throws -> Digest {
        var hash = try SHA256()
        try hash.update(previous.bytes)
        try hash.update(payload)
        return try hash.finish()
    }

    /// Adds a block and returns its hash.
    @discardableResult
    public mutating func append(_ payload: some Sequence<UInt8>) throws -> Digest {
        head = try Self.hash(previous: head, payload: payload)
        count += 1
        return head
    }

    /// The index, from 0, of the first block whose hash is not what its payload and the hashes before it give;
    /// nil if all are right.
    public static func firstBroken(
        in blocks: some Sequence<(payload: [UInt8], hash: Digest)>, after previous: Digest = .zero
    ) throws -> Int? {
        var chain = HashChain(head: previous)
        for block in blocks {
            let index = chain.count
            guard try chain.append(block.payload) == block.hash else { return index }
        }
        return nil
    }
}
