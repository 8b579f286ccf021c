/// A member as the programme's document names it.
public struct ProgrammeMember: Hashable, Sendable, Codable {
    /// The member; its pseudonym in the book.
    public var id: MemberID
    /// Its partner.
    public var partner: PartnerID
    /// What it may do.
    public var roles: [Role]
    /// The sites it looks after.
    public var sites: [SiteID]
    /// Its name, kept apart so that it can be erased.
    public var name: String?
    /// Its mail address.
    public var mail: String?

    /// A member with those roles.
    public init(id: MemberID, partner: PartnerID, roles: [Role], sites: [SiteID] = []) {
        self.id = id
        self.partner = partner
        self.roles = roles
        self.sites = sites
        name = nil
        mail = nil
    }
}
