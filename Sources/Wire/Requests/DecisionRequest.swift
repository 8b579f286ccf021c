public import Federation

/// A manager's decision on what eligibility leaves open.
public struct DecisionRequest: WireRequest {
    /// The partner concerned.
    public var partner: PartnerID
    /// What it may or may not: `compute`, `funding`, `hosting`, `data`.
    public var what: String
    /// `allow` or `deny`.
    public var verdict: String
    /// Why, for auditors.
    public var reason: String

    /// A request with that content.
    public init(partner: PartnerID, what: String, verdict: String, reason: String) {
        self.partner = partner
        self.what = what
        self.verdict = verdict
        self.reason = reason
    }

    /// Its keys.
    public static let members: Set<String> = ["partner", "what", "verdict", "reason"]
}
