/// A member as managers and operators see one.
public struct MemberView: Hashable, Sendable, Codable {
    /// The member's id, which is its pseudonym.
    public var id: MemberID
    /// Its partner.
    public var partner: PartnerID
    /// What it may do.
    public var roles: [Role]
    /// The sites that it looks after.
    public var sites: [SiteID]
    /// Its name, unless it was erased.
    public var name: String?
    /// Its mail address, where known.
    public var mail: String?
    /// Whether it may sign in.
    public var active: Bool

    /// A member with those roles.
    public init(
        id: MemberID, partner: PartnerID, roles: [Role], sites: [SiteID], name: String?, mail: String?,
        active: Bool
    ) {
        self.id = id
        self.partner = partner
        self.roles = roles
        self.sites = sites
        self.name = name
        self.mail = mail
        self.active = active
    }
}
