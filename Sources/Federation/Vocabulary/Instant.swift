/// A moment: microseconds since 1970-01-01T00:00:00Z, which is Postgres's own resolution.
public struct Instant: Hashable, Sendable, Comparable, Codable {
    /// Microseconds since 1970, UTC.
    public var microseconds: Int64

    /// The moment so many microseconds after 1970 began, UTC.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// The moment so many whole seconds after 1970 began, UTC.
    public init(seconds: Int64) {
        microseconds = seconds.multipliedReportingOverflow(by: 1_000_000).partialValue
    }

    /// Reads the microseconds from a JSON integer.
    public init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the microseconds as a JSON integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Earlier first.
    public static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

    /// The moment so many seconds later; stays at the ends of time instead of overflowing.
    public func adding(seconds: Int64) -> Instant {
        let (delta, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !tooLong else { return seconds > 0 ? .distantFuture : .distantPast }
        let (sum, overflow) = microseconds.addingReportingOverflow(delta)
        return overflow ? (delta > 0 ? .distantFuture : .distantPast) : Instant(microseconds: sum)
    }

    /// Seconds from `earlier` to this moment, rounded down; negative when this one is the earlier.
    public func seconds(since earlier: Instant) -> Int64 {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
        guard !overflow else { return self > earlier ? Int64.max / 1_000_000 : Int64.min / 1_000_000 }
        return Instant(microseconds: difference).seconds
    }

    /// Later than everything that happens.
    public static let distantFuture = Instant(microseconds: Int64.max)
    /// Earlier than everything that happened.
    public static let distantPast = Instant(microseconds: Int64.min)
}
