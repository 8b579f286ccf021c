public import Federation

/// A member as administrators see it.
public struct MemberView: Hashable, Sendable, Codable {
    /// Its short name.
    public var id: MemberID
    /// Its partner.
    public var partner: PartnerID
    /// Its full name.
    public var name: String
    /// Where it reads mail.
    public var mail: String?
    /// What it may do.
    public var roles: [Role]
    /// The sites that a site admin is one of.
    public var sites: [SiteID]
    /// What the ledger calls it.
    public var pseudonym: MemberID
    /// Whether it may still do anything.
    public var isActive: Bool

    /// An answer with that content.
    public init(
        id: MemberID, partner: PartnerID, name: String, mail: String? = nil, roles: [Role],
        sites:
            [SiteID], pseudonym: MemberID, isActive: Bool
    ) {
        self.id = id
        self.partner = partner
        self.name = name
        self.mail = mail
        self.roles = roles
        self.sites = sites
        self.pseudonym = pseudonym
        self.isActive = isActive
    }
}
