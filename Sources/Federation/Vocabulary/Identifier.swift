/// A name that means one kind of thing only: a site's name can never be passed where a partner's is asked for.
public struct Identifier<Kind>: Hashable, Sendable, Comparable, Codable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The name as people and documents write it.
    public let rawValue: String

    /// Takes a name as it stands; whether it is acceptable is `Identifier.isWellFormed`'s question.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// A name written in the source.
    public init(stringLiteral value: String) { rawValue = value }

    /// Reads a name from a single JSON string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the name as a single JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The name itself.
    public var description: String { rawValue }

    /// Byte order of the names, so that lists come out the same everywhere.
    public static func < (left: Identifier, right: Identifier) -> Bool { left.rawValue < right.rawValue }

    /// Whether the name may be used in paths, job names and URLs: 1 to 64 characters of `a-z A-Z 0-9 . _ -`,
    /// beginning with a letter or a digit.
    public var isWellFormed: Bool {
        let bytes = Array(rawValue.utf8)
        guard let first = bytes.first, bytes.count <= 64, Identifier.isAlphanumeric(first) else {
            return false
        }
        return bytes.allSatisfy { Identifier.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
