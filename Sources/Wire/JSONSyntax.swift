/// JSON's grammar (RFC 8259) without building anything: finds the first byte that breaks it, so that the answer can
/// name line and column, and bounds the nesting before a decoder recurses.
struct JSONSyntax {
    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var index = 0

    /// Throws a `BodyFault` for the first thing that is wrong.
    static func check(_ bytes: [UInt8], maximumDepth: Int) throws(BodyFault) {
        if let place = UTF8Validity.firstFault(in: bytes) {
            throw BodyFault(kind: .notUTF8, detail: "the body is not UTF-8 (byte \(place + 1))")
        }
        var scanner = JSONSyntax(bytes: bytes, maximumDepth: maximumDepth)
        scanner.skipSpace()
        guard !scanner.isAtEnd else {
            throw BodyFault(kind: .syntax, detail: "the body is empty; JSON is expected")
        }
        try scanner.value(depth: 0)
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw scanner.fault("nothing more") }
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private var isAtEnd: Bool { index >= bytes.count }
    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func value(depth: Int) throws(BodyFault) {
        guard depth <= maximumDepth else {
            throw BodyFault(
                kind: .tooDeep,
                detail: "arrays and objects are nested more than \(maximumDepth) deep (\(place))")
        }
        switch current {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(BodyFault) {
        index += 1
        skipSpace()
        if take("}") { return }
        while true {
            guard current == UInt8(ascii: "\"") else { throw fault("a key in double quotes") }
            try string()
            skipSpace()
            guard take(":") else { throw fault("\":\" after the key") }
            skipSpace()
            try value(depth: depth + 1)
            skipSpace()
            if take("}") { return }
            guard take(",") else { throw fault("\",\" or \"}\"") }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) throws(BodyFault) {
        index += 1
        skipSpace()
        if take("]") { return }
        while true {
            try value(depth: depth + 1)
            skipSpace()
            if take("]") { return }
            guard take(",") else { throw fault("\",\" or \"]\"") }
            skipSpace()
        }
    }

    private mutating func string() throws(BodyFault) {
        index += 1
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case 0..<0x20:
                index -= 1
                throw fault("no control character inside a string")
            case UInt8(ascii: "\\"): try escape()
            default: continue
            }
        }
        throw fault("\" at the end of the string")
    }

    private mutating func escape() throws(BodyFault) {
        guard let byte = current else { throw fault("an escape") }
        guard byte == UInt8(ascii: "u") else {
            guard "\"\\/bfnrt".utf8.contains(byte) else {
                throw fault("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u")
            }
            index += 1
            return
        }
        index += 1
        for _ in 0..<4 {
            guard let digit = current, JSONSyntax.isHexadecimal(digit) else {
                throw fault("four hexadecimal digits after \\u")
            }
            index += 1
        }
    }

    private mutating func number() throws(BodyFault) {
        let start = index
        _ = take("-")
        if !take("0"), !digits() {
            index = start
            throw fault("a value")
        }
        if take(".") { guard digits() else { throw fault("a digit after the decimal point") } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() else { throw fault("a digit in the exponent") }
        }
    }

    private mutating func digits() -> Bool {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        return index > start
    }

    private mutating func literal(_ text: String) throws(BodyFault) {
        for byte in text.utf8 {
            guard current == byte else { throw fault("a value (did you mean \(text)?)") }
            index += 1
        }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard current == character.asciiValue else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private var place: String {
        let before = bytes[..<min(index, bytes.count)]
        let line = before.count(where: { $0 == 0x0A }) + 1
        let lineStart = (before.lastIndex(of: 0x0A).map { $0 + 1 }) ?? 0
        // Columns are characters for people: continuation bytes of UTF-8 do not count.
        let column = before[lineStart...].count(where: { $0 & 0xC0 != 0x80 }) + 1
        return "line \(line), column \(column)"
    }

    private func fault(_ expected: String) -> BodyFault {
        let found = isAtEnd ? "the body ends" : "something else stands there"
        return BodyFault(
            kind: .syntax, detail: "not JSON at \(place): \(expected) is expected, but \(found)",
            faults: [Problem.Fault(path: place, message: "\(expected) is expected here")])
    }
}
