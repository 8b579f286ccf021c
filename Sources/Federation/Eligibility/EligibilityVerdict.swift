/// What the rows say of a partner.
public enum EligibilityVerdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// It may.
    case allow
    /// It may not.
    case deny
    /// It may not until a manager has recorded a decision.
    case ask
}
