public import Federation
public import Postgres

/// A `bigint` of thousandths of a unit-second.
extension Amount: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public func encode(into buffer: inout ParameterBuffer) { thousandths.encode(into: &buffer) }
    /// Reads an integral type, also the `numeric` of a sum.
    public init(postgres cell: Cell) throws { self.init(thousandths: try Int64(postgres: cell)) }
}
