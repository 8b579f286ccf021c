public import Federation
public import Postgres

/// A `timestamptz`; the ends of time are the server's `-infinity` and `infinity`.
extension Instant: PostgresEncodable, PostgresDecodable {
    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }
    /// Microseconds.
    public func encode(into buffer: inout ParameterBuffer) {
        Timestamp(microseconds: microseconds).encode(into: &buffer)
    }
    /// Reads a `timestamptz`.
    public init(postgres cell: Cell) throws {
        self.init(microseconds: try Timestamp(postgres: cell).microseconds)
    }
}
