/// Whom a row is about.
public enum EligibilitySubject: Hashable, Sendable, Codable {
    /// Everybody that no other row names.
    case everybody
    /// All partners of a country, ISO 3166-1 alpha-2.
    case country(String)
    /// One partner.
    case partner(PartnerID)

    /// How narrow it is: a narrower row wins over a wider one.
    var narrowness: Int {
        switch self {
        case .everybody: 0
        case .country: 1
        case .partner: 2
        }
    }

    /// The subject in words.
    public var inWords: String {
        switch self {
        case .everybody: "everybody else"
        case .country(let code): "partners from \(code)"
        case .partner(let id): "\(id)"
        }
    }
}
