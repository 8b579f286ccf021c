/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// From 0 to 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
    mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }
    mutating func chance(_ probability: Double) -> Bool { unit() < probability }
    mutating func index(_ count: Int) -> Int { min(Int(unit() * Double(count)), count - 1) }
    mutating func pick<T>(_ values: [T]) -> T { values[index(values.count)] }
    /// Exponential with that mean: the logarithm by its series, so that no math library is needed.
    mutating func exponential(mean: Double) -> Double {
        let value = unit()
        var sum = 0.0
        var power = value
        for term in 1...40 {
            sum += power / Double(term)
            power *= value
        }
        return sum * mean
    }
}
