/// A `jsonb` value as its text.
public struct JSONText: Sendable, Hashable, PostgresEncodable, PostgresDecodable {
    /// The JSON document.
    public var text: String

    /// A document; the server checks it.
    public init(_ text: String) { self.text = text }

    /// `jsonb`
    public static var postgresType: PostgresType { .jsonb }

    /// A version byte, then the text.
    public func encode(into buffer: inout ParameterBuffer) {
        buffer.append(UInt8(1))
        buffer.append(bytes: text.utf8)
    }

    /// Reads `jsonb` or `json`.
    public init(postgres cell: Cell) throws {
        guard cell.oid == PostgresType.jsonb.oid || cell.oid == PostgresType.json.oid else {
            throw cell.mismatch("is not JSON")
        }
        text = try String(postgres: cell)
    }
}
