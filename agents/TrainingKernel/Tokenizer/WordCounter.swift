/// Counts the distinct words of texts, each text with a weight of its own.
struct WordCounter {
    /// Where the distinct words stand in `bytes`, in the order in which they were first met.
    private(set) var words: [(start: Int, count: Int, weight: Int64)] = []
    private(set) var bytes: [UInt8] = []
    /// Indexes into `words` plus one; 0 is a free place.
    private var slots = [UInt32](repeating: 0, count: 1 << 16)
    private var hashes: [UInt64] = []

    mutating func add(_ text: UnsafeBufferPointer<UInt8>, weight: Int64) {
        guard let base = text.baseAddress else { return }
        CharacterClass.basicPlane.withUnsafeBufferPointer { classes in
            guard let table = classes.baseAddress else { return }
            var cutter = PreTokeniser(base, count: text.count, classes: table)
            var start = 0
            while let end = cutter.next() {
                add(word: base + start, end - start, weight)
                start = end
            }
        }
    }

    private mutating func add(word: UnsafePointer<UInt8>, _ count: Int, _ weight: Int64) {
        let hash = WordHash.of(word, count)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash, words[index].count == count, isEqual(index, word, count) {
                words[index].weight += weight
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        words.append((bytes.count, count, weight))
        hashes.append(hash)
        bytes.append(contentsOf: UnsafeBufferPointer(start: word, count: count))
        slots[slot] = UInt32(words.count)
        if words.count * 2 > slots.count { grow() }
    }

    @inline(__always)
    private func isEqual(_ index: Int, _ word: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let start = words[index].start
        for offset in 0..<count where bytes[start + offset] != word[offset] { return false }
        return true
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 4)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index + 1)
        }
    }
}
