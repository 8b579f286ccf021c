/// Cuts bytes into words as GPT-2 does:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
///
/// A byte that is not part of valid UTF-8 counts as one character of the rest, so any bytes can be cut.
struct PreTokeniser {
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private let classes: UnsafePointer<UInt8>
    private var position = 0

    /// - Parameter classes: `CharacterClass.basicPlane`, alive as long as this value.
    init(_ bytes: UnsafePointer<UInt8>, count: Int, classes: UnsafePointer<UInt8>) {
        self.bytes = bytes
        self.count = count
        self.classes = classes
    }

    /// The end of the next word, which starts where the last one ended; nil at the end of the bytes.
    @inline(__always)
    mutating func next() -> Int? {
        guard position < count else { return nil }
        let start = position
        let first = bytes[start]
        if first == 0x27, let end = contraction(start) {
            position = end
            return end
        }
        var (kind, width) = character(start)
        var cursor = start + width
        if kind == .space {
            guard first == 0x20, cursor < count else { return endSpace(start) }
            (kind, width) = character(cursor)
            if kind == .space { return endSpace(start) }
            cursor += width
        }
        while cursor < count {
            let (nextKind, nextWidth) = character(cursor)
            guard nextKind == kind else { break }
            cursor += nextWidth
        }
        position = cursor
        return cursor
    }

    /// A run of spaces leaves its last one to the word that follows, unless that is all there is.
    private mutating func endSpace(_ start: Int) -> Int {
        var cursor = start
        var last = start
        while cursor < count {
            let (kind, width) = character(cursor)
            guard kind == .space else { break }
            last = cursor
            cursor += width
        }
        position = cursor == count || last == start ? cursor : last
        return position
    }

    private func contraction(_ start: Int) -> Int? {
        guard start + 1 < count else { return nil }
        let first = bytes[start + 1]
        switch first {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return start + 2
        default: break
        }
        guard start + 2 < count else { return nil }
        switch (first, bytes[start + 2]) {
        case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
            (UInt8(ascii: "l"), UInt8(ascii: "l")):
            return start + 3
        default: return nil
        }
    }

    @inline(__always)
    private func character(_ index: Int) -> (CharacterClass, Int) {
        let first = bytes[index]
        if first < 0x80 { return (kind(of: Int(first)), 1) }
        if first >= 0xC2, first < 0xE0, index + 1 < count, bytes[index + 1] & 0xC0 == 0x80 {
            return (kind(of: Int(first & 0x1F) << 6 | Int(bytes[index + 1] & 0x3F)), 2)
        }
        return longCharacter(index, first)
    }

    @inline(__always)
    private func kind(of code: Int) -> CharacterClass {
        CharacterClass(rawValue: classes[code]) ?? .other
    }

    private func longCharacter(_ index: Int, _ first: UInt8) -> (CharacterClass, Int) {
        let width = first < 0xE0 ? 1 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
        guard width > 1, index + width <= count else { return (.other, 1) }
        var code = UInt32(first) & (0xFF >> UInt32(width + 1))
        for offset in 1..<width {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return (.other, 1) }
            code = code << 6 | UInt32(byte & 0x3F)
        }
        guard code >= (width == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(code) else {
            return (.other, 1)
        }
        return (code < 0x10000 ? kind(of: Int(code)) : CharacterClass.of(scalar), width)
    }
}
