public import Federation

/// Who the coordinator takes the caller for.
public struct MeAnswer: Hashable, Sendable, Codable {
    /// The member.
    public var member: MemberID
    /// Its partner.
    public var partner: PartnerID
    /// What it may do.
    public var roles: [Role]
    /// The sites that it looks after.
    public var sites: [SiteID]

    /// An answer with that content.
    public init(member: MemberID, partner: PartnerID, roles: [Role], sites: [SiteID]) {
        self.member = member
        self.partner = partner
        self.roles = roles
        self.sites = sites
    }
}
