/// Whom an agent of a site serves, and on whose word: a grant often forbids one user to submit for a team.
public struct AgentTerms: Hashable, Sendable, Codable {
    /// The agent.
    public var id: AgentID
    /// The accounts that its system user may charge; empty means any of the site's.
    public var accounts: [String]
    /// The partners it serves, or nil for all.
    public var partners: [PartnerID]?
    /// Members that it serves beside those.
    public var members: [MemberID]
    /// The site's recorded consent, in words.
    public var consent: String

    /// An agent that serves everybody.
    public init(
        id: AgentID, accounts: [String] = [], partners: [PartnerID]? = nil, members: [MemberID] = [],
        consent: String = ""
    ) {
        self.id = id
        self.accounts = accounts
        self.partners = partners
        self.members = members
        self.consent = consent
    }

    /// Whether it acts for that member of that partner.
    public func serves(_ partner: PartnerID, _ member: MemberID) -> Bool {
        partners?.contains(partner) ?? true || members.contains(member)
    }

    /// Whether it may charge that account.
    public func charges(_ account: String) -> Bool { accounts.isEmpty || accounts.contains(account) }
}
