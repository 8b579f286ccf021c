/// What the pre-tokeniser tells apart: `\s`, `\p{L}`, `\p{N}` and the rest.
enum CharacterClass: UInt8, Sendable {
    case other = 0
    case letter = 1
    case number = 2
    case space = 3

    /// The classes of the basic plane, one byte a code point; filled once.
    static let basicPlane: [UInt8] = (0..<0x10000).map { code in
        Unicode.Scalar(UInt32(code)).map { of($0).rawValue } ?? 0
    }

    static func of(_ scalar: Unicode.Scalar) -> CharacterClass {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: scalar.properties.isWhitespace ? .space : .other
        }
    }
}
