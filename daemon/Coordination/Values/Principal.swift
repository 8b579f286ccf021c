public import Federation

/// A member as the coordinator's use cases see one: who asks, for which partner, and with which roles.
public struct Principal: Sendable, Hashable {
    /// The member's id, which is its pseudonym.
    public var member: MemberID
    /// The member's partner.
    public var partner: PartnerID
    /// What the member may do.
    public var roles: Set<Role>
    /// The sites that a `siteAdmin` looks after.
    public var sites: Set<SiteID>

    /// A member with those roles.
    public init(member: MemberID, partner: PartnerID, roles: Set<Role>, sites: Set<SiteID> = []) {
        self.member = member
        self.partner = partner
        self.roles = roles
        self.sites = sites
    }

    /// The name under which the book mentions the member.
    public var pseudonym: MemberID { member }
    /// Whether every partner's tasks, entries and figures are open to it.
    public var seesEverything: Bool { !roles.isDisjoint(with: [.manager, .auditor]) }
}
