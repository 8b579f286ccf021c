/// Which faults a seed gets. All kinds are shuffled into blocks, one block after the other, and each seed takes the next
/// slice: so it depends on the seed's number alone, and over many seeds every kind comes equally often.
enum Deck {
    /// How many faults a seed gets.
    static let sizes = 6...10

    /// The kinds of that seed, the first seed being 1, out of all kinds in their fixed order.
    static func slice(of seed: Int, kinds: [String]) -> [String] {
        guard seed > 0, !kinds.isEmpty else { return [] }
        let first = (1..<seed).reduce(0) { $0 + size(of: $1) }
        return (first..<first + size(of: seed)).map { card in
            var random = SeededRandom(UInt64(1_000_003 + card / kinds.count))
            return kinds.shuffled(using: &random)[card % kinds.count]
        }
    }

    private static func size(of seed: Int) -> Int {
        var random = SeededRandom(UInt64(seed))
        return Int.random(in: sizes, using: &random)
    }
}
