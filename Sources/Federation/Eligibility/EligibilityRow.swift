/// A dated rule with its source. Who may take part is data, never code.
public struct EligibilityRow: Hashable, Sendable, Codable {
    /// Whom it is about.
    public var subject: EligibilitySubject
    /// What it is about.
    public var matter: EligibilityMatter
    /// What it says.
    public var verdict: EligibilityVerdict
    /// It holds from this moment…
    public var from: Instant
    /// …to this one, if it ends.
    public var until: Instant?
    /// Where it comes from.
    public var source: String
    /// Whether somebody has checked it against the source.
    public var verified: Bool
    /// A few words for people.
    public var note: String?

    /// A row for that subject and matter.
    public init(
        subject: EligibilitySubject, matter: EligibilityMatter, verdict: EligibilityVerdict, from: Instant,
        until: Instant? = nil, source: String, verified: Bool = false, note: String? = nil
    ) {
        self.subject = subject
        self.matter = matter
        self.verdict = verdict
        self.from = from
        self.until = until
        self.source = source
        self.verified = verified
        self.note = note
    }

    /// Whether it holds at that moment.
    public func holds(at moment: Instant) -> Bool { from <= moment && moment < until ?? .distantFuture }

    /// The row in words: `deny for partners from GB since 2024-01-01 (source: …)`.
    public var inWords: String {
        "\(verdict.rawValue) for \(subject.inWords) since \(from.dateText)"
            + (until.map { " until \($0.adding(seconds: -1).dateText)" } ?? "")
            + " (source: \(source)\(verified ? "" : ", not verified"))" + (note.map { ": \($0)" } ?? "")
    }
}
