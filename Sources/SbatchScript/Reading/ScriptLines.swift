/// The lines of a script, without their ends.
struct ScriptLines {
    /// One line.
    struct Line {
        let number: Int
        let bytes: ArraySlice<UInt8>
    }

    private let bytes: [UInt8]
    private var place = 0
    private var number = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next line, or nil after the last.
    mutating func next() -> Line? {
        guard place < bytes.count else { return nil }
        let rest = bytes[place...]
        let end = rest.firstIndex(of: 0x0A) ?? bytes.endIndex
        number += 1
        defer { place = end + 1 }
        return Line(number: number, bytes: bytes[place..<end])
    }
}
