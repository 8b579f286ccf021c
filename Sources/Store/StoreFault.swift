/// Why the store refused, beyond what Postgres itself says.
public enum StoreFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database has no book yet.
    case noBook
    /// There is nothing of that name.
    case notFound(String)
    /// The same key came before with another body.
    case otherBody(key: String)
    /// It contradicts what is there.
    case conflict(String)
    /// A row changed under its lock; the whole transaction was rolled back.
    case fenced(String)
    /// The epoch under which something was proposed is over.
    case staleEpoch(Int64)
    /// A cursor that this program did not make.
    case badCursor(String)
    /// A list refers to something that is not there.
    case unresolved(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .noBook: "the database has no book yet: start hansad once with --init"
        case .notFound(let what): "there is no \(what)"
        case .otherBody(let key): "the key \(key) was used before with another body"
        case .conflict(let words): words
        case .fenced(let what): "\(what) changed meanwhile"
        case .staleEpoch(let epoch): "the epoch \(epoch) is over: another coordinator proposes"
        case .badCursor(let cursor): "\"\(cursor)\" is not a cursor of this list"
        case .unresolved(let words): words
        }
    }
}
