/// A statement with its parameters.
///
/// Written as a string literal, in which each `\(value)` becomes a parameter, never text: SQL cannot be injected
/// by a value. Fragments compose: `\(sql)` takes over the other's text and parameters.
/// Text that is not a literal gets in only through `SQL(unsafe:)` and `\(unsafe:)`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    struct Parameter: Sendable {
        var oid: UInt32
        var offset: Int
        var length: Int  // -1: NULL
    }

    /// The text before, between and after the parameters: one piece more than parameters.
    private(set) var pieces: [String]
    private(set) var parameters: [Parameter] = []
    private(set) var buffer = ParameterBuffer()

    /// A fixed text.
    public init(stringLiteral value: String) { pieces = [value] }

    /// The literal's parts.
    public init(stringInterpolation: Interpolation) { self = stringInterpolation.sql }

    /// A text made at run time. Never pass anything that comes from outside.
    public init(unsafe text: String) { pieces = [text] }

    /// The text with `$1`, `$2`, … in place of the parameters.
    public var text: String {
        var text = pieces[0]
        for (index, piece) in pieces.dropFirst().enumerated() { text += "$\(index + 1)" + piece }
        return text
    }

    /// How many parameters there are.
    public var parameterCount: Int { parameters.count }

    /// Appends a fragment.
    public static func += (left: inout SQL, right: SQL) { left.append(right) }

    /// One fragment after the other.
    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    mutating func append(text: String) { pieces[pieces.count - 1] += text }

    mutating func append(_ other: SQL) {
        let base = buffer.bytes.count
        append(text: other.pieces[0])
        pieces.append(contentsOf: other.pieces.dropFirst())
        parameters.append(
            contentsOf: other.parameters.lazy.map {
                Parameter(oid: $0.oid, offset: $0.offset + base, length: $0.length)
            })
        buffer.append(bytes: other.buffer.bytes)
    }

    mutating func bind<T: PostgresEncodable>(_ value: T) {
        let offset = buffer.bytes.count
        if !value.isNull { value.encode(into: &buffer) }
        let length = value.isNull ? -1 : buffer.bytes.count - offset
        parameters.append(Parameter(oid: T.postgresType.oid, offset: offset, length: length))
        pieces.append("")
    }

    /// Collects a literal's text and values.
    public struct Interpolation: StringInterpolationProtocol {
        var sql = SQL(unsafe: "")

        /// An empty statement.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.pieces.reserveCapacity(interpolationCount + 1)
            sql.parameters.reserveCapacity(interpolationCount)
        }

        /// Text between values.
        public mutating func appendLiteral(_ literal: String) { sql.append(text: literal) }

        /// A value becomes a parameter; an array becomes an array.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) { sql.bind(value) }

        /// A value becomes a parameter; nil becomes NULL.
        public mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) { sql.bind(value) }

        /// A fragment takes its place with its own parameters.
        @_disfavoredOverload
        public mutating func appendInterpolation(_ fragment: SQL) { sql.append(fragment) }

        /// A `timestamptz` parameter, in microseconds since 1970.
        public mutating func appendInterpolation(timestamp microseconds: Int64?) {
            sql.bind(microseconds.map(Timestamp.init(microseconds:)))
        }

        /// A `jsonb` parameter.
        public mutating func appendInterpolation(json text: String?) { sql.bind(text.map(JSONText.init)) }

        /// Text made at run time. Never pass anything that comes from outside.
        public mutating func appendInterpolation(unsafe text: String) { sql.append(text: text) }

        /// A name (table, column, channel) in quotes.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(text: SQL.quoted(identifier: name))
        }
    }

    static func quoted(identifier name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

extension SQL: CustomStringConvertible {
    /// Says how many parameters there are; text and values stay out of logs.
    public var description: String { "SQL(\(parameters.count) parameters)" }
}
