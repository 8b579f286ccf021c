/// Random numbers by counter: any one can be made without the others, so there is no state to save and none that
/// depends on the number of ranks.
enum Randomness {
    /// SplitMix64's finaliser.
    static func mix(_ counter: UInt64) -> UInt64 {
        var z = counter &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// One key of several numbers.
    static func key(_ parts: UInt64...) -> UInt64 {
        parts.reduce(0x4861_6E73_6100_0000) { mix($0 ^ $1) }
    }

    /// A whole number below the limit, as even as 64 bits allow.
    static func below(_ limit: Int, _ random: UInt64) -> Int {
        Int(random.multipliedFullWidth(by: UInt64(limit)).high)
    }
}
