/// A partner with its standing.
public struct PartnerView: Hashable, Sendable, Codable {
    /// The partner.
    public var id: PartnerID
    /// Its full name.
    public var name: String
    /// Its country, ISO 3166-1 alpha-2.
    public var country: String
    /// Whether it may spend compute today: `allow`, `deny` or `ask`.
    public var compute: String
    /// The eligibility row behind that, in words with date and source.
    public var reason: String

    /// A partner with that standing.
    public init(id: PartnerID, name: String, country: String, compute: String, reason: String) {
        self.id = id
        self.name = name
        self.country = country
        self.compute = compute
        self.reason = reason
    }
}
