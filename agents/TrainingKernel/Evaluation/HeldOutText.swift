/// The held-out text of one language, or its beginning.
struct HeldOutText {
    let language: String
    let bytes: [UInt8]
    /// Unicode scalars.
    let characters: Int

    /// Reads `heldout-<language>/heldout.txt`; a limit cuts after the last whole document (line) that fits.
    init(_ language: String, _ folder: RunFolder, limit: Int?) throws {
        self.language = language
        let path = try folder.input("heldout-\(language)") + "/heldout.txt"
        let whole = try MappedFile.read(path) { Array($0) }
        var text = whole[...]
        if let limit, limit < text.count {
            text = text.prefix(limit)
            if let newline = text.lastIndex(of: UInt8(ascii: "\n")) {
                text = text[...newline]
            } else {
                // One document longer than the limit: cut before the character that does not fit.
                while let last = text.last, last & 0xC0 == 0x80 { text = text.dropLast() }
                if let last = text.last, last >= 0xC0 { text = text.dropLast() }
            }
        }
        guard !text.isEmpty else { throw KernelFault.data("\(path) holds no text") }
        bytes = Array(text)
        characters = bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
}
