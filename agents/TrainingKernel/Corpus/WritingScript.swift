/// The scripts of the corpus' languages, by the blocks of their letters.
enum WritingScript: Sendable {
    case latin
    case greek
    case cyrillic
    case georgian

    @inline(__always)
    func holds(_ scalar: UInt32) -> Bool {
        switch self {
        case .latin: scalar < 0x250 || (0x1E00...0x1EFF).contains(scalar)
        case .greek: (0x370...0x3FF).contains(scalar) || (0x1F00...0x1FFF).contains(scalar)
        case .cyrillic: (0x400...0x52F).contains(scalar)
        case .georgian: (0x10A0...0x10FF).contains(scalar) || (0x1C90...0x1CBF).contains(scalar)
        }
    }

    /// Whether the scalar is a letter; the blocks of the corpus' scripts are answered without a table.
    @inline(__always)
    static func isLetter(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 }
        if scalar >= 0x0400, scalar <= 0x0481 { return true }
        if scalar >= 0x00C0, scalar <= 0x024F { return scalar != 0x00D7 && scalar != 0x00F7 }
        return Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
    }
}
