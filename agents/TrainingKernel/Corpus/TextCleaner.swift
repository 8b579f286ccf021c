/// Turns a message of a program into running text: markup, tags, addresses, placeholders and stray space removed.
///
/// Takes valid UTF-8 and gives valid UTF-8: it cuts at ASCII bytes and at whole scalars only.
struct TextCleaner {
    private let bytes: [UInt8]
    private var position = 0
    private var text: [UInt8] = []
    private var pendingSpace = false

    /// - Parameter mnemonics: whether `_` and `~` mark keys of a menu and are removed.
    static func clean(_ message: [UInt8], mnemonics: Bool) -> [UInt8] {
        var cleaner = TextCleaner(bytes: MarkupResolver.resolve(message))
        return cleaner.run(mnemonics: mnemonics)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        text.reserveCapacity(bytes.count)
    }

    private mutating func run(mnemonics: Bool) -> [UInt8] {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x09...0x0D, 0x20: space(1)
            case 0..<0x20, 0x7F: position += 1
            case 0x3C: tag()
            case 0x26: entity()
            case 0x27: quotes()
            case 0x24: dollar()
            case 0x25: percent()
            case 0x5F where mnemonics, 0x7E where mnemonics: position += 1
            case 0x68 where address(): skipToSpace()
            case 0xC2, 0xE2, 0xE3, 0xEF: special(byte)
            default: append(byte)
            }
        }
        return Array(text.drop { "*#:;= ".utf8.contains($0) })
    }

    private func at(_ offset: Int) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : 0
    }

    private mutating func flush() {
        if pendingSpace, !text.isEmpty { text.append(0x20) }
        pendingSpace = false
    }

    private mutating func append(_ byte: UInt8) {
        flush()
        text.append(byte)
        position += 1
    }

    private mutating func space(_ width: Int) {
        pendingSpace = true
        position += width
    }

    private mutating func placeholder(_ width: Int) {
        flush()
        text.append(contentsOf: MarkupResolver.ellipsis)
        position += width
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == 0x5F
    }

    private mutating func tag() {
        let next = at(1)
        let opens = next == 0x2F || next == 0x21 || (65...90).contains(next & 0xDF)
        guard opens, let close = bytes[position...].prefix(500).firstIndex(of: 0x3E) else {
            return append(0x3C)
        }
        space(close + 1 - position)
    }

    private mutating func entity() {
        let body = bytes[(position + 1)...].prefix(12).prefix { Self.isWord($0) || $0 == 0x23 }
        guard !body.isEmpty, body.endIndex < bytes.count, bytes[body.endIndex] == 0x3B else {
            return append(0x26)
        }
        let width = body.count + 2
        let plain: [String: UInt8] = ["amp": 0x26, "quot": 0x22, "lt": 0x3C, "gt": 0x3E, "apos": 0x27]
        guard let character = plain[String(decoding: body, as: UTF8.self)] else { return space(width) }
        flush()
        text.append(character)
        position += width
    }

    /// Two or more apostrophes are wiki emphasis.
    private mutating func quotes() {
        let run = bytes[position...].prefix { $0 == 0x27 }.count
        if run == 1 { append(0x27) } else { position += run }
    }

    private mutating func dollar() {
        let digits = bytes[(position + 1)...].prefix { (48...57).contains($0) }.count
        if digits > 0 { return placeholder(1 + digits) }
        guard let width = bracketed() else { return append(0x24) }
        placeholder(width)
    }

    private mutating func percent() {
        if let width = bracketed() { return placeholder(width) }
        let word = bytes[(position + 1)...].prefix { Self.isWord($0) }.count
        guard word > 0 else { return append(0x25) }
        placeholder(1 + word + (at(1 + word) == 0x25 ? 1 : 0))
    }

    /// The width of `${name}`, `$(ARG1)`, `%[name]` and the like at the cursor.
    private func bracketed() -> Int? {
        let closing: UInt8
        switch at(1) {
        case 0x7B: closing = 0x7D
        case 0x28: closing = 0x29
        case 0x5B: closing = 0x5D
        default: return nil
        }
        guard let end = bytes[position...].prefix(60).firstIndex(of: closing) else { return nil }
        return end + 1 - position
    }

    private func address() -> Bool {
        bytes[position...].starts(with: "http://".utf8)
            || bytes[position...].starts(with: "https://".utf8)
    }

    private mutating func skipToSpace() {
        while position < bytes.count, bytes[position] > 0x20 { position += 1 }
    }

    /// Spaces of many widths become a space; marks without a shape (soft hyphen, joiners, direction) go.
    private mutating func special(_ byte: UInt8) {
        let (second, third) = (at(1), at(2))
        switch (byte, second, third) {
        case (0xC2, 0xA0, _): space(2)
        case (0xC2, 0x80...0x9F, _), (0xC2, 0xAD, _): position += 2
        case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
            (0xE3, 0x80, 0x80):
            space(3)
        case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA0...0xAF),
            (0xEF, 0xBB, 0xBF):
            position += 3
        default: append(byte)
        }
    }
}
