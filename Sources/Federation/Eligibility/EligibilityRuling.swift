/// What holds for a partner at a moment, and why.
public struct EligibilityRuling: Hashable, Sendable, Codable {
    /// The partner.
    public var partner: PartnerID
    /// What was asked.
    public var matter: EligibilityMatter
    /// The answer; `ask` means no until somebody decides.
    public var verdict: EligibilityVerdict
    /// The row that decided, if there is one at all.
    public var row: EligibilityRow?
    /// The manager's decision that turned the row's `ask` into the verdict, if there is one.
    public var decision: EligibilityDecision?

    /// The ruling in words, with the row's date and source.
    public var inWords: String {
        let may = "\(partner) \(verdict == .allow ? "may" : "may not") \(matter.inWords)"
        if let decision { return "\(may): \(decision.inWords)" }
        guard let row else { return "\(may) until a manager decides: no row names it or its country" }
        let until = verdict == .ask ? " until a manager decides" : ""
        return "\(may)\(until): \(row.inWords)"
    }
}
