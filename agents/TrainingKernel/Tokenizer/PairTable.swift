/// From two neighbouring tokens to the merge that joins them: open addressing, never more than a quarter full.
struct PairTable: Sendable {
    static let none: UInt32 = .max

    /// Pair, then rank in the upper and token in the lower half.
    private var keys: [UInt32]
    private var values: [UInt32]
    private let mask: Int

    init(merges: [(left: UInt16, right: UInt16, token: UInt16)]) {
        var size = 1024
        while size < merges.count * 4 { size *= 2 }
        keys = [UInt32](repeating: 0, count: size)
        values = [UInt32](repeating: Self.none, count: size)
        mask = size - 1
        for (rank, merge) in merges.enumerated() {
            let key = UInt32(merge.left) << 16 | UInt32(merge.right)
            var slot = Self.hash(key) & mask
            while values[slot] != Self.none, keys[slot] != key { slot = (slot + 1) & mask }
            guard values[slot] == Self.none else { continue }
            keys[slot] = key
            values[slot] = UInt32(rank) << 16 | UInt32(merge.token)
        }
    }

    @inline(__always)
    private static func hash(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) &>> 32)
    }

    /// The merge's rank (upper 16 bits) and token (lower 16); `none` when the pair is never joined.
    @inline(__always)
    func merge(_ left: UInt16, _ right: UInt16) -> UInt32 {
        let key = UInt32(left) &<< 16 | UInt32(right)
        var slot = Self.hash(key) & mask
        while values[slot] != Self.none {
            if keys[slot] == key { return values[slot] }
            slot = (slot &+ 1) & mask
        }
        return Self.none
    }
}
