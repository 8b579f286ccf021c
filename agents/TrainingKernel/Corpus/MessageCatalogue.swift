/// A GNU .mo file: what programs show, keyed by the English original.
struct MessageCatalogue {
    /// One translated message.
    struct Message {
        /// `msgctxt`, empty where there is none.
        let context: [UInt8]
        /// The English original; of a plural message its singular.
        let original: [UInt8]
        /// The translations: one, or one for each plural form.
        let forms: [[UInt8]]
    }

    /// Why bytes are no catalogue.
    enum Fault: String, Error {
        case tooShort = "truncated catalogue"
        case notACatalogue = "not a catalogue"
        case unknownRevision = "catalogue of an unknown revision"
        case tableOutside = "catalogue table outside the file"
        case textOutside = "catalogue text outside the file"
        case otherCharset = "catalogue not in UTF-8"
    }

    let messages: [Message]

    init(_ bytes: [UInt8]) throws(Fault) {
        guard bytes.count >= 28 else { throw .tooShort }
        let swapped: Bool
        switch Self.word(bytes, 0, swapped: false) {
        case 0x9504_12de: swapped = false
        case 0xde12_0495: swapped = true
        default: throw .notACatalogue
        }
        guard Self.word(bytes, 4, swapped: swapped) >> 16 <= 1 else { throw .unknownRevision }
        let count = Int(Self.word(bytes, 8, swapped: swapped))
        let originals = Int(Self.word(bytes, 12, swapped: swapped))
        let translations = Int(Self.word(bytes, 16, swapped: swapped))
        guard count <= bytes.count / 16, originals + count * 8 <= bytes.count,
            translations + count * 8 <= bytes.count
        else { throw .tableOutside }
        var found: [Message] = []
        found.reserveCapacity(count)
        for index in 0..<count {
            let original = try Self.text(bytes, entry: originals + index * 8, swapped: swapped)
            let translation = try Self.text(bytes, entry: translations + index * 8, swapped: swapped)
            if original.isEmpty {
                guard Self.saysUTF8(translation) else { throw .otherCharset }
            } else {
                found.append(Self.message(original, translation))
            }
        }
        messages = found
    }

    private static func message(_ original: ArraySlice<UInt8>, _ translation: ArraySlice<UInt8>)
        -> Message
    {
        let singular = original.prefix { $0 != 0 }
        let forms = translation.split(separator: 0).map { Array($0) }
        guard let mark = singular.firstIndex(of: 4) else {
            return Message(context: [], original: Array(singular), forms: forms)
        }
        return Message(
            context: Array(singular[..<mark]), original: Array(singular[(mark + 1)...]), forms: forms)
    }

    /// The head entry names the charset; a catalogue without the field is ASCII and so UTF-8 too.
    private static func saysUTF8(_ head: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: head, as: UTF8.self).lowercased()
        guard let field = text.split(separator: "charset=", maxSplits: 1).dropFirst().first else {
            return true
        }
        return ["utf-8", "utf8", "us-ascii", "ascii", "charset"].contains(
            field.prefix { !$0.isWhitespace && $0 != ";" })
    }

    private static func text(
        _ bytes: [UInt8], entry: Int, swapped: Bool
    ) throws(Fault) -> ArraySlice<UInt8> {
        let length = Int(word(bytes, entry, swapped: swapped))
        let start = Int(word(bytes, entry + 4, swapped: swapped))
        guard start + length <= bytes.count else { throw .textOutside }
        return bytes[start..<start + length]
    }

    @inline(__always)
    private static func word(_ bytes: [UInt8], _ position: Int, swapped: Bool) -> UInt32 {
        let value =
            UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2]) << 16
            | UInt32(bytes[position + 3]) << 24
        return swapped ? value.byteSwapped : value
    }
}
