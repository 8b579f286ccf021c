/// When each fault of a seed strikes and heals: all of it depends on the seed's number alone.
struct Schedule: Sendable {
    /// One drill.
    struct Drill: Sendable {
        var kind: String
        /// Seconds after the load's beginning.
        var strikeAfter: Double
        /// Seconds from the landing to the heal.
        var healAfter: Double
        /// What the fault draws from.
        var random: SeededRandom
    }

    /// In the order in which they strike.
    var drills: [Drill]

    /// Faults strike within so many seconds after the load's beginning.
    private static let window = 4.0...110.0

    /// Those faults one after the other, for whoever looks into one kind.
    init(seed: Int, only faults: [String]) {
        var random = SeededRandom(UInt64(seed) &* 7919)
        let long = Set(FaultCatalogue.kinds.filter(\.isLong).map(\.name))
        drills = faults.enumerated().map { index, kind in
            Drill(
                kind: kind, strikeAfter: 6 + 12 * Double(index), healAfter: long.contains(kind) ? 80 : 6,
                random: SeededRandom(random.next()))
        }
    }

    init(seed: Int, kinds: [FaultCatalogue.Kind]) {
        var random = SeededRandom(UInt64(seed) &* 7919)
        let long = kinds.filter(\.isLong).map(\.name)
        let drawn = Deck.slice(of: seed, kinds: kinds.filter { !$0.isLong }.map(\.name), long: long)
        drills = drawn.map { kind in
            Drill(
                kind: kind, strikeAfter: Double.random(in: Self.window, using: &random),
                healAfter: Self.pause(kind, isLong: long.contains(kind), &random),
                random: SeededRandom(random.next()))
        }.sorted { $0.strikeAfter < $1.strikeAfter }
    }

    /// What holds others up is short; what has to outlast every time-out is long.
    private static func pause(_ kind: String, isLong: Bool, _ random: inout SeededRandom) -> Double {
        if isLong { return Double.random(in: 75...90, using: &random) }
        let most = Hands.needed(by: kind).isEmpty ? 40.0 : 15.0
        return Double.random(in: 2...most, using: &random)
    }
}
