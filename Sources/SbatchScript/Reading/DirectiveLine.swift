/// Splits what follows `#SBATCH` into words the way sbatch does: blanks separate; either quote holds them together; a
/// backslash takes the next byte as it is, also within quotes, but no blank outside of them; an unquoted `#` ends the
/// line, even within a word; an empty word ends it too.
struct DirectiveLine {
    private let bytes: ArraySlice<UInt8>
    private let line: Int
    /// The column of the slice's first byte.
    private let firstColumn: Int

    /// What follows `#SBATCH` on that line.
    init(_ bytes: ArraySlice<UInt8>, line: Int, firstColumn: Int) {
        self.bytes = bytes
        self.line = line
        self.firstColumn = firstColumn
    }

    /// The words of the line. Throws where sbatch would stop.
    func words() throws(ScriptFaults) -> [Word] {
        var words: [Word] = []
        var place = bytes.startIndex
        while let word = try next(&place) { words.append(word) }
        return words
    }

    private func next(_ place: inout Int) throws(ScriptFaults) -> Word? {
        while place < bytes.endIndex, DirectiveLine.isBlank(bytes[place]) { place += 1 }
        let begin = place
        var text: [UInt8] = []
        var quote: UInt8?
        var isEscaped = false
        while place < bytes.endIndex {
            let byte = bytes[place]
            if quote == nil, DirectiveLine.isBlank(byte) { break }
            if isEscaped {
                isEscaped = false
                text.append(byte)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if let open = quote {
                if byte == open { quote = nil } else { text.append(byte) }
            } else if byte == UInt8(ascii: "#") {
                place = bytes.endIndex
                break
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ":"), place == begin {
                throw fault(begin, "a word cannot begin with a colon", "quote it, or delete it")
            } else {
                text.append(byte)
            }
            place += 1
        }
        if let quote {
            let sign = String(UnicodeScalar(quote))
            throw fault(begin, "the \(sign) is not closed", "close it on the same line")
        }
        guard !text.isEmpty else { return nil }
        return Word(text: String(decoding: text, as: UTF8.self), line: line, column: column(begin))
    }

    private func column(_ place: Int) -> Int { firstColumn + place - bytes.startIndex }

    private func fault(_ place: Int, _ message: String, _ advice: String) -> ScriptFaults {
        ScriptFaults(faults: [
            ScriptFault(
                line: line, column: column(place),
                found: String(decoding: bytes[place...].prefix(200), as: UTF8.self), message: message,
                advice: advice)
        ])
    }

    /// The blanks of the C locale.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
