/// A strict reader of MediaWiki's message files: one JSON object whose string members are messages.
///
/// Members of other kinds (`@metadata`) are checked and passed over.
struct MessageJSON {
    /// Why bytes are no message file.
    enum Fault: String, Error {
        case notUTF8 = "message file not in UTF-8"
        case malformed = "malformed JSON"
        case tooDeep = "JSON nested too deeply"
    }

    /// Keys and messages in the file's order.
    let messages: [(key: [UInt8], text: [UInt8])]

    init(_ bytes: [UInt8]) throws(Fault) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        var reader = Reader(bytes: bytes, position: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        messages = try reader.file()
    }

    private struct Reader {
        let bytes: [UInt8]
        var position: Int

        mutating func file() throws(Fault) -> [(key: [UInt8], text: [UInt8])] {
            var found: [(key: [UInt8], text: [UInt8])] = []
            try expect("{")
            space()
            if !take("}") {
                repeat {
                    space()
                    let key = try string()
                    space()
                    try expect(":")
                    space()
                    if peek == UInt8(ascii: "\"") {
                        found.append((key, try string()))
                    } else {
                        try skip(depth: 0)
                    }
                    space()
                } while take(",")
                try expect("}")
            }
            space()
            guard position == bytes.count else { throw .malformed }
            return found
        }

        private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

        private mutating func space() {
            while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard peek == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        private mutating func expect(_ character: Unicode.Scalar) throws(Fault) {
            space()
            guard take(character) else { throw .malformed }
        }

        private mutating func skip(depth: Int) throws(Fault) {
            guard depth < 64 else { throw .tooDeep }
            space()
            if peek == UInt8(ascii: "\"") {
                _ = try string()
            } else if take("[") {
                space()
                if take("]") { return }
                repeat {
                    try skip(depth: depth + 1)
                    space()
                } while take(",")
                try expect("]")
            } else if take("{") {
                space()
                if take("}") { return }
                repeat {
                    space()
                    _ = try string()
                    try expect(":")
                    try skip(depth: depth + 1)
                    space()
                } while take(",")
                try expect("}")
            } else {
                try skipWord()
            }
        }

        private mutating func skipWord() throws(Fault) {
            let start = position
            while let byte = peek,
                (48...57).contains(byte) || (97...122).contains(byte) || "+-.E".utf8.contains(byte)
            {
                position += 1
            }
            let word = String(decoding: bytes[start..<position], as: UTF8.self)
            guard ["true", "false", "null"].contains(word) || Double(word) != nil else {
                throw .malformed
            }
        }

        private mutating func string() throws(Fault) -> [UInt8] {
            guard take("\"") else { throw .malformed }
            var text: [UInt8] = []
            while true {
                let start = position
                while position < bytes.count, bytes[position] != 0x22, bytes[position] != 0x5C,
                    bytes[position] >= 32
                {
                    position += 1
                }
                text.append(contentsOf: bytes[start..<position])
                guard let byte = peek, byte >= 32 else { throw .malformed }
                position += 1
                if byte == 0x22 { return text }
                try escape(into: &text)
            }
        }

        private mutating func escape(into text: inout [UInt8]) throws(Fault) {
            guard let byte = peek else { throw .malformed }
            position += 1
            switch byte {
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
            case UInt8(ascii: "u"):
                var code = try hexadecimal()
                if (0xD800..<0xDC00).contains(code) {
                    guard take("\\"), take("u") else { throw .malformed }
                    let low = try hexadecimal()
                    guard (0xDC00..<0xE000).contains(low) else { throw .malformed }
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                }
                guard let scalar = Unicode.Scalar(code) else { throw .malformed }
                text.append(contentsOf: Array(String(Character(scalar)).utf8))
            default: throw .malformed
            }
        }

        private mutating func hexadecimal() throws(Fault) -> UInt32 {
            guard position + 4 <= bytes.count else { throw .malformed }
            var value: UInt32 = 0
            for byte in bytes[position..<position + 4] {
                guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                    throw .malformed
                }
                value = value << 4 | UInt32(digit)
            }
            position += 4
            return value
        }
    }
}
