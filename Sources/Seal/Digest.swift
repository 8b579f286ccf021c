/// The 32 bytes of an SHA-256.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// 32.
    public static let byteCount = 32

    /// All zero: stands before the first block of a chain.
    public static let zero = Digest(unchecked: [UInt8](repeating: 0, count: byteCount))

    /// The bytes.
    public let bytes: [UInt8]

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// nil unless there are 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unchecked: bytes)
    }

    /// nil unless the text is 64 hexadecimal digits.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 2 * Self.byteCount, hex.utf8.count == digits.count else { return nil }
        self.init(unchecked: (0..<Self.byteCount).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) })
    }

    /// 64 lower-case hexadecimal digits, as `sha256sum` prints them.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The hexadecimal digits.
    public var description: String { hex }
}
