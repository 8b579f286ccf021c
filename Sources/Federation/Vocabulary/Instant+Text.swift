extension Instant {
    /// Reads `2026-11-24` (its first moment) or `2026-11-24T18:30:00Z`; both are UTC.
    public init?(_ text: String) {
        guard let instant = CalendarText.instant(text) else { return nil }
        self = instant
    }

    /// The date, UTC: `2026-11-24`; `always` for the ends of time.
    public var dateText: String {
        guard self != .distantPast, self != .distantFuture else { return "always" }
        let (year, month, day) = CalendarText.date(of: self)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// Date and time to the second, UTC: `2026-11-24T18:30:00Z`.
    public var timeText: String {
        guard self != .distantPast, self != .distantFuture else { return "always" }
        let remainder = seconds % 86_400
        let ofDay = remainder < 0 ? remainder + 86_400 : remainder
        let parts = [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "\(dateText)T\(parts.joined(separator: ":"))Z"
    }
}
