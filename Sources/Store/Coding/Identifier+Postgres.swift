public import Federation
public import Postgres

/// A `text`.
extension Identifier: PostgresEncodable, PostgresDecodable {
    /// `text`
    public static var postgresType: PostgresType { .text }
    /// UTF-8.
    public func encode(into buffer: inout ParameterBuffer) { rawValue.encode(into: &buffer) }
    /// Reads a text.
    public init(postgres cell: Cell) throws { self.init(try String(postgres: cell)) }
}
