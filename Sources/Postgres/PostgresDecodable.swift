/// A value that can be read from a result's cell.
///
/// A type that is `RawRepresentable` by a decodable value needs no more than the conformance.
public protocol PostgresDecodable {
    /// Reads the cell. Throws `PostgresError` (`.decoding`) when its type, range or NULL does not fit.
    init(postgres cell: Cell) throws
    /// Reads an array of these.
    static func decode(array cell: Cell) throws -> [Self]
}

extension PostgresDecodable {
    /// Reads the server's array: at most one dimension.
    public static func decode(array cell: Cell) throws -> [Self] {
        try cell.elements().map { try Self(postgres: $0) }
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// nil for NULL.
    public init(postgres cell: Cell) throws {
        self = cell.isNull ? nil : .some(try Wrapped(postgres: cell))
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads an array; for bytes, a `bytea`.
    public init(postgres cell: Cell) throws { self = try Element.decode(array: cell) }
}

extension RawRepresentable where Self: PostgresDecodable, RawValue: PostgresDecodable {
    /// Reads the raw value; one that the type does not know is an error.
    public init(postgres cell: Cell) throws {
        guard let value = Self(rawValue: try RawValue(postgres: cell)) else {
            throw cell.mismatch("holds a value that \(Self.self) does not know")
        }
        self = value
    }
}
