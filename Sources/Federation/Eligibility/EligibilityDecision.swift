/// What a manager decided where the rows say `ask`.
public struct EligibilityDecision: Hashable, Sendable, Codable {
    /// The partner.
    public var partner: PartnerID
    /// What was decided on.
    public var matter: EligibilityMatter
    /// `allow` or `deny`.
    public var verdict: EligibilityVerdict
    /// Why, in the manager's words.
    public var reason: String
    /// The manager.
    public var by: MemberID
    /// When.
    public var at: Instant

    /// A decision by that manager.
    public init(
        partner: PartnerID, matter: EligibilityMatter, verdict: EligibilityVerdict, reason: String,
        by: MemberID,
        at: Instant
    ) {
        self.partner = partner
        self.matter = matter
        self.verdict = verdict
        self.reason = reason
        self.by = by
        self.at = at
    }

    /// The decision in words.
    public var inWords: String {
        "\(verdict.rawValue) for \(partner), decided by \(by) on \(at.dateText): \(reason)"
    }
}
