/// Which faults a seed gets. The short kinds are shuffled into blocks, one block after the other, and each seed takes the
/// next slice: so it depends on the seed's number alone, and over many seeds every kind comes equally often. A long seed
/// gets one of the long kinds besides: there are few, and shuffled among the others each would come once in six seeds.
enum Deck {
    /// How many faults a seed gets.
    static let sizes = 6...10

    /// The kinds of that seed, the first seed being 1, out of all kinds in their fixed order; the last is one of `long`,
    /// where there are any.
    static func slice(of seed: Int, kinds: [String], long: [String] = []) -> [String] {
        guard seed > 0, !kinds.isEmpty else { return [] }
        let (first, count) = place(of: seed, isLong: !long.isEmpty)
        let drawn = (first..<first + count).map { card in
            var random = SeededRandom(UInt64(1_000_003 + card / kinds.count))
            return kinds.shuffled(using: &random)[card % kinds.count]
        }
        return long.isEmpty ? drawn : drawn + [long[(seed - 1) % long.count]]
    }

    /// The seed's first card and how many it gets. Five seeds share five sizes out, so that ten times five always get
    /// 400 cards, or 390 with room for a long one each: eight whole blocks, wherever they begin.
    private static func place(of seed: Int, isLong: Bool) -> (first: Int, count: Int) {
        let group = (seed - 1) / 5
        var random = SeededRandom(UInt64(group))
        let sizes = (isLong ? [6, 7, 8, 9, 9] : Array(Self.sizes)).shuffled(using: &random)
        let own = (seed - 1) % 5
        return (group * sizes.reduce(0, +) + sizes[..<own].reduce(0, +), sizes[own])
    }
}
