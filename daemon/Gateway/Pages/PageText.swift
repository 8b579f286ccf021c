import Federation

/// Numbers, moments and durations as pages write them: always with their unit beside them, in columns that align.
enum PageText {
    /// A narrow space that does not break.
    static let thin = "\u{202F}"

    /// An amount in units with three digits, in groups of three: `12 345.678`.
    static func units(_ amount: Amount) -> String {
        let text = amount.units
        let parts = text.split(separator: ".", maxSplits: 1)
        return grouped(parts[0]) + "." + (parts.count > 1 ? parts[1] : "000")
    }

    /// A whole number in groups of three.
    static func count(_ number: Int64) -> String { grouped(Substring(String(number))) }

    /// So many of something: `1 core`, `2 cores`.
    static func counted(_ number: Int, _ word: String) -> String {
        "\(count(Int64(number))) \(word)\(number == 1 ? "" : "s")"
    }

    /// A number with so many digits after the point.
    static func decimal(_ value: Double, digits: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64((abs(value) * scale).rounded())
        let whole = grouped(Substring(String(scaled / Int64(scale))))
        let sign = value < 0 && scaled != 0 ? "−" : ""
        guard digits > 0 else { return sign + whole }
        let fraction = String(scaled % Int64(scale))
        return sign + whole + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// A share as a percentage with one digit after the point.
    static func percent(_ part: Amount, of whole: Amount) -> String {
        guard whole > .zero else { return "–" }
        return decimal(100 * Double(part.thousandths) / Double(whole.thousandths), digits: 1) + thin + "%"
    }

    /// A duration in its two largest units.
    static func duration(seconds: Int64) -> String {
        let seconds = max(0, seconds)
        let parts: [(Int64, String)] = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0" + thin + "s" }
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0)\(thin)\($0.1)" }.joined(
            separator: " ")
    }

    /// A day, UTC: `2026-11-24`.
    static func day(_ instant: Instant) -> String {
        guard instant > .distantPast, instant < .distantFuture else { return "–" }
        let (year, month, day) = civil(days: floorDivide(instant.seconds, 86_400))
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// A moment to the minute, UTC: `2026-11-24 19:05`.
    static func minute(_ instant: Instant) -> String { String(second(instant).dropLast(3)) }

    /// A moment to the second, UTC.
    static func second(_ instant: Instant) -> String {
        guard instant > .distantPast, instant < .distantFuture else { return "–" }
        let seconds = instant.seconds - floorDivide(instant.seconds, 86_400) * 86_400
        return day(instant) + " \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    /// How a machine reads that moment, for `time` elements.
    static func machine(_ instant: Instant) -> String { second(instant).replacing(" ", with: "T") + "Z" }

    private static func grouped(_ digits: Substring) -> String {
        let sign = digits.hasPrefix("-") ? "−" : ""
        let plain = digits.drop { $0 == "-" }
        var result = ""
        for (index, digit) in plain.enumerated() {
            if index > 0, (plain.count - index) % 3 == 0 { result += thin }
            result.append(digit)
        }
        return sign + result
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func floorDivide(_ number: Int64, _ by: Int64) -> Int64 {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: by)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant's algorithm).
    private static func civil(days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
