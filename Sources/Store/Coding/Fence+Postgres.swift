public import Federation
public import Postgres

/// A `bigint`: generation and counter in one number.
extension Fence: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public func encode(into buffer: inout ParameterBuffer) { rawValue.encode(into: &buffer) }
    /// Reads a `bigint`.
    public init(postgres cell: Cell) throws { self.init(rawValue: try Int64(postgres: cell)) }
}
