/// A work package as the programme's document names it.
public struct ProgrammeWorkPackage: Hashable, Sendable, Codable {
    /// The work package.
    public var id: WorkPackageID
    /// Its title.
    public var title: String
    /// The partner that leads it, if named.
    public var lead: PartnerID?

    /// A work package of that title.
    public init(id: WorkPackageID, title: String, lead: PartnerID?) {
        self.id = id
        self.title = title
        self.lead = lead
    }
}
