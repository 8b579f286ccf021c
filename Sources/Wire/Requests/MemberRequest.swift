public import Federation

/// A new member.
public struct MemberRequest: WireRequest {
    /// The partner it belongs to.
    public var partner: PartnerID
    /// Its short name.
    public var id: MemberID
    /// Its full name.
    public var name: String
    /// Where it reads mail.
    public var mail: String?
    /// What it may do.
    public var roles: [Role]
    /// The sites that a site admin is one of.
    public var sites: [SiteID]?

    /// A request with that content.
    public init(
        partner: PartnerID, id: MemberID, name: String, mail: String? = nil, roles: [Role],
        sites:
            [SiteID]? = nil
    ) {
        self.partner = partner
        self.id = id
        self.name = name
        self.mail = mail
        self.roles = roles
        self.sites = sites
    }

    /// Its keys.
    public static let members: Set<String> = ["partner", "id", "name", "mail", "roles", "sites"]
}
