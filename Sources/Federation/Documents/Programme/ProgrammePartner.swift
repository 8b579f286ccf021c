/// A partner as the programme's document names it.
public struct ProgrammePartner: Hashable, Sendable, Codable {
    /// The partner.
    public var id: PartnerID
    /// Its full name.
    public var name: String
    /// Its country, ISO 3166-1 alpha-2.
    public var country: String
    /// What it is (`university`, `company`, `hpcCentre`, …).
    public var kind: String

    /// A partner from that country.
    public init(id: PartnerID, name: String, country: String, kind: String) {
        self.id = id
        self.name = name
        self.country = country
        self.kind = kind
    }
}
