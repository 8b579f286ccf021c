/// Walks through valid UTF-8 by scalars without building a string; anything else counts as one scalar a byte.
struct ScalarCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func next() -> UInt32? {
        guard position < bytes.count else { return nil }
        let first = UInt32(bytes[position])
        let width = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard width > 1, position + width <= bytes.count else {
            position += 1
            return first
        }
        var scalar = first & (0xFF >> UInt32(width + 1))
        for index in 1..<width { scalar = scalar << 6 | UInt32(bytes[position + index] & 0x3F) }
        position += width
        return scalar
    }
}
