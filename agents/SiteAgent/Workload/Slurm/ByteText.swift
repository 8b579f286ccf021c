/// Text of another program as the bytes it came in: names in it may be in any encoding.
enum ByteText {
    /// The pieces between occurrences of a separator that is not empty; one more than there are occurrences.
    static func split(_ bytes: [UInt8], by separator: [UInt8]) -> [ArraySlice<UInt8>] {
        guard let first = separator.first else { return [bytes[...]] }
        var pieces: [ArraySlice<UInt8>] = []
        var from = 0
        var at = 0
        let last = bytes.count - separator.count
        while at <= last {
            if bytes[at] == first, bytes[at..<at + separator.count].elementsEqual(separator) {
                pieces.append(bytes[from..<at])
                at += separator.count
                from = at
            } else {
                at += 1
            }
        }
        pieces.append(bytes[from...])
        return pieces
    }

    static func string(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: Array(bytes), as: UTF8.self)
    }
}
