/// A moment in microseconds since 1970, UTC, and how the judge writes it.
struct Moment: Hashable, Comparable, Sendable {
    var microseconds: Int64

    init(microseconds: Int64) { self.microseconds = microseconds }
    init(seconds: Int64) { microseconds = seconds.multipliedReportingOverflow(by: 1_000_000).partialValue }

    /// Reads `seconds.micro` as bash's EPOCHREALTIME writes it: six digits after the point.
    init?(epoch text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 6, let seconds = Int64(parts[0]),
            let micro = Int64(parts[1]), seconds >= 0, seconds < 1 << 40, micro >= 0
        else { return nil }
        microseconds = seconds * 1_000_000 + micro
    }

    /// Reads a time of `sacct`: seconds since 1970, or a calendar's date and time, which counts as UTC.
    init?(accounting text: Substring) {
        if let seconds = Int64(text) {
            guard seconds > 0, seconds < 1 << 40 else { return nil }
            self.init(seconds: seconds)
            return
        }
        let numbers = text.split { "-T:".contains($0) }.map { Int64($0) }
        guard numbers.count == 6, text.count == 19, !numbers.contains(nil) else { return nil }
        let part = numbers.compactMap { $0 }
        self.init(
            seconds: Moment.days(part[0], part[1], part[2]) * 86_400 + part[3] * 3600 + part[4] * 60
                + part[5])
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar, with years that begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    func adding(_ seconds: Int64) -> Moment { Moment(microseconds: microseconds + seconds * 1_000_000) }
    /// Seconds from an earlier moment to this one.
    func since(_ earlier: Moment) -> Double { Double(microseconds - earlier.microseconds) / 1e6 }

    /// The time of day with hundredths, UTC: a drill lasts minutes.
    var text: String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hundredths = microseconds / 10_000
        let day = (hundredths / 100) % 86_400
        return "\(two(day / 3600)):\(two(day / 60 % 60)):\(two(day % 60)).\(two(hundredths % 100))"
    }

    static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }
}
