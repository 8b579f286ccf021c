/// Builds .mo files for tests.
enum CatalogueBytes {
    static func file(_ messages: [(original: String, translation: String)], bigEndian: Bool = false)
        -> [UInt8]
    {
        var all = [("", "Content-Type: text/plain; charset=UTF-8\n")]
        all.append(contentsOf: messages.map { ($0.original, $0.translation) })
        return raw(all.map { (Array($0.0.utf8), Array($0.1.utf8)) }, bigEndian: bigEndian)
    }

    static func raw(_ messages: [(original: [UInt8], translation: [UInt8])], bigEndian: Bool = false)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        func add(_ value: Int) {
            let word = UInt32(value)
            let little = (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) }
            bytes.append(contentsOf: bigEndian ? little.reversed() : little)
        }
        let count = messages.count
        for value in [0x9504_12de, 0, count, 28, 28 + count * 8, 0, 28 + count * 16] { add(value) }
        var position = 28 + count * 16
        for text in messages.map(\.original) + messages.map(\.translation) {
            add(text.count)
            add(position)
            position += text.count + 1
        }
        for text in messages.map(\.original) + messages.map(\.translation) {
            bytes.append(contentsOf: text + [0])
        }
        return bytes
    }
}
