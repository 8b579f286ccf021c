import Federation
import FoundationEssentials

/// Numbers and moments as people read them.
enum Figures {
    /// An amount in units with one digit, or three below ten.
    static func units(_ amount: Amount) -> String {
        let value = Double(amount.thousandths) / Double(Amount.perUnit)
        return decimal(value, digits: abs(value) < 10 ? 3 : 1)
    }

    /// A number with that many digits behind the point.
    static func decimal(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "–" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let integer = Int64(scaled)
        let unit = Int64(scale)
        let fraction = String(integer % unit)
        let sign = value < 0 && integer != 0 ? "-" : ""
        guard digits > 0 else { return sign + String(integer) }
        let padded = String(repeating: "0", count: digits - fraction.count) + fraction
        return "\(sign)\(integer / unit).\(padded)"
    }

    /// Bytes in a binary unit.
    static func bytes(_ count: Int64) -> String {
        var value = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB", "TiB"] {
            if value < 1024 || unit == "TiB" {
                return decimal(value, digits: unit == "B" ? 0 : 1) + " " + unit
            }
            value /= 1024
        }
        return "\(count) B"
    }

    /// A duration in its two largest units.
    static func duration(seconds: Int64) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"),
            (seconds % 60, "s"),
        ]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0s" }
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }

    /// A moment in UTC to the second.
    static func moment(_ instant: Instant?) -> String {
        guard let instant, instant != .distantFuture, instant != .distantPast else { return "–" }
        let date = Date(timeIntervalSince1970: Double(instant.seconds))
        return date.formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false))
    }

    /// The machine's present time.
    static var now: Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
}
