/// Encodes words by the learned merges and remembers the ones it has met.
///
/// One encoder serves one thread for one call; its memory is bounded whatever the text is.
struct WordEncoder {
    private static let longestCached = 32
    private static let mostCached = 1 << 16
    private static let slotCount = 1 << 18

    private let pairs: PairTable
    private let byteTokens: [UInt16]
    /// Index into `cached` plus one; 0 is a free place. Empty until the first word is remembered.
    private var slots: [UInt32] = []
    private var cached: [(hash: UInt64, bytes: UInt32, length: UInt8, tokens: UInt32, count: UInt8)] = []
    private var cachedBytes: [UInt8] = []
    private var cachedTokens: [UInt16] = []
    private var symbols: [UInt16] = []
    private let remembers: Bool

    /// - Parameter remembers: false for short texts, where a memory costs more than it saves.
    init(pairs: PairTable, byteTokens: [UInt16], remembers: Bool) {
        self.pairs = pairs
        self.byteTokens = byteTokens
        self.remembers = remembers
        if remembers { slots = [UInt32](repeating: 0, count: Self.slotCount) }
    }

    @inline(__always)
    mutating func encode(_ word: UnsafePointer<UInt8>, _ count: Int, into tokens: inout [UInt16]) {
        if count == 1 {
            tokens.append(byteTokens[Int(word[0])])
            return
        }
        guard remembers, count <= Self.longestCached else {
            merge(word, count)
            tokens.append(contentsOf: symbols)
            return
        }
        let hash = WordHash.of(word, count)
        var slot = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
        while slots[slot] != 0 {
            let entry = cached[Int(slots[slot]) - 1]
            if entry.hash == hash, Int(entry.length) == count, isEqual(Int(entry.bytes), word, count) {
                let first = Int(entry.tokens)
                for index in first..<first &+ Int(entry.count) { tokens.append(cachedTokens[index]) }
                return
            }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        merge(word, count)
        tokens.append(contentsOf: symbols)
        remember(word, count, hash, at: slot)
    }

    @inline(__always)
    private func isEqual(_ start: Int, _ word: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        for offset in 0..<count where cachedBytes[start &+ offset] != word[offset] { return false }
        return true
    }

    private mutating func remember(_ word: UnsafePointer<UInt8>, _ count: Int, _ hash: UInt64, at slot: Int) {
        guard cached.count < Self.mostCached else { return }
        cached.append(
            (hash, UInt32(cachedBytes.count), UInt8(count), UInt32(cachedTokens.count), UInt8(symbols.count)))
        cachedBytes.append(contentsOf: UnsafeBufferPointer(start: word, count: count))
        cachedTokens.append(contentsOf: symbols)
        slots[slot] = UInt32(cached.count)
    }

    /// Leaves the word's tokens in `symbols`.
    private mutating func merge(_ word: UnsafePointer<UInt8>, _ count: Int) {
        symbols.removeAll(keepingCapacity: true)
        for index in 0..<count { symbols.append(byteTokens[Int(word[index])]) }
        if count > 64 {
            symbols = LongWord.merged(symbols, pairs)
            return
        }
        while symbols.count > 1 {
            var best = PairTable.none
            var place = 0
            for index in 0..<symbols.count - 1 {
                let merge = pairs.merge(symbols[index], symbols[index + 1])
                if merge < best {
                    best = merge
                    place = index
                }
            }
            guard best != PairTable.none else { return }
            symbols[place] = UInt16(truncatingIfNeeded: best)
            symbols.remove(at: place + 1)
        }
    }
}
