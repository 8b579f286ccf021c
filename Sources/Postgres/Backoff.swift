/// Growing pauses between attempts: 50 ms, doubled up to 5 s, each shortened by up to a half at random so that
/// many clients do not come back at the same instant.
struct Backoff {
    private var failures = 0

    mutating func reset() { failures = 0 }

    /// Nanoseconds to wait after another failure.
    mutating func next() -> UInt64 {
        let longest = min(UInt64(50) << UInt64(min(failures, 7)), 5_000) * 1_000_000
        failures += 1
        return UInt64.random(in: longest / 2...longest)
    }
}
