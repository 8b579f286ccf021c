/// Why a row of a closed site's record cannot be booked.
public enum FinalRecordRefusal: Error, Hashable, Sendable {
    /// No such attempt.
    case unknown(AttemptKey)
    /// It belongs to another site than the record's.
    case ofAnotherSite(AttemptKey, SiteID)
    /// The site never had it.
    case neverConfirmed(AttemptKey)
    /// Its usage cannot be charged, for that reason in words.
    case notBooked(AttemptKey, String)

    /// The refusal in words.
    public var inWords: String {
        switch self {
        case .unknown(let key): "there is no attempt \(key)"
        case .ofAnotherSite(let key, let site): "\(key) is an attempt at \(site)"
        case .neverConfirmed(let key): "\(key) was never the site's to run"
        case .notBooked(let key, let reason): "\(key) cannot be booked: \(reason)"
        }
    }
}
