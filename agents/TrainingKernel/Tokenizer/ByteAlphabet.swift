/// GPT-2's printable character for each byte, in which vocabularies and merges are written.
enum ByteAlphabet {
    /// The character of each byte: printable Latin-1 stands for itself, the rest for U+0100 onwards.
    static let characters: [Character] = {
        var next: UInt32 = 256
        return (0..<256).map { (byte: UInt32) in
            var code = byte
            if !((33...126).contains(byte) || (161...172).contains(byte) || byte >= 174) {
                code = next
                next += 1
            }
            return Character(Unicode.Scalar(code) ?? " ")
        }
    }()

    private static let bytes: [Unicode.Scalar: UInt8] = {
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for (byte, character) in characters.enumerated() {
            for scalar in character.unicodeScalars { bytes[scalar] = UInt8(byte) }
        }
        return bytes
    }()

    static func text(_ token: [UInt8]) -> String {
        String(token.map { characters[Int($0)] })
    }

    /// The bytes of a token; nil when a character is none of the alphabet.
    static func token(_ text: String) -> [UInt8]? {
        var token: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = bytes[scalar] else { return nil }
            token.append(byte)
        }
        return token
    }
}
