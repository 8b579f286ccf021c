/// A `timestamptz`: microseconds since 1970-01-01 00:00 UTC, the server's own resolution.
///
/// `Int64.min` and `Int64.max` are the server's `-infinity` and `infinity`.
public struct Timestamp: Sendable, Hashable, Comparable, PostgresEncodable, PostgresDecodable {
    /// The server counts from the year 2000.
    private static let epochOffset: Int64 = 946_684_800_000_000

    /// Microseconds since 1970-01-01 00:00 UTC.
    public var microseconds: Int64

    /// An instant.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }

    /// Earlier first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Eight bytes, since 2000.
    public func encode(into buffer: inout ParameterBuffer) {
        guard microseconds != .max else {
            buffer.append(Int64.max)
            return
        }
        let (shifted, overflow) = microseconds.subtractingReportingOverflow(Self.epochOffset)
        buffer.append(overflow ? .min : shifted)
    }

    /// Reads a `timestamptz`, or a `timestamp` taken as UTC.
    public init(postgres cell: Cell) throws {
        guard cell.oid == PostgresType.timestamptz.oid || cell.oid == PostgresType.timestamp.oid else {
            throw cell.mismatch("is not a timestamp")
        }
        let value = try cell.fixed(Int64.self, for: Timestamp.self)
        guard value != .max, value != .min else {
            self.init(microseconds: value)
            return
        }
        let (shifted, overflow) = value.addingReportingOverflow(Self.epochOffset)
        guard !overflow else { throw cell.mismatch("lies beyond what 64-bit microseconds since 1970 hold") }
        self.init(microseconds: shifted)
    }
}
