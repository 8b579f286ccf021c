import Federation

/// A month as people write it, `2026-11`.
struct MonthText {
    /// Its first moment, UTC.
    var from: Instant
    /// The first moment of the next one.
    var until: Instant

    /// Reads a month. Throws `StoreFault.unresolved`.
    init(_ text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            let year = Int64(parts[0]),
            let month = Int64(parts[1]), (1...12).contains(month), year >= 1970
        else { throw StoreFault.unresolved("\"\(text)\" is not a month; write it like 2026-11") }
        from = Instant(seconds: MonthText.days(year: year, month: month) * 86_400)
        let next = month == 12 ? (year + 1, Int64(1)) : (year, month + 1)
        until = Instant(seconds: MonthText.days(year: next.0, month: next.1) * 86_400)
    }

    /// Days from 1970-01-01 to the month's first day, in the proleptic Gregorian calendar.
    private static func days(year: Int64, month: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
