/// A name with `*` in it: each stands for any run of characters.
struct ArtifactPattern: Hashable {
    private let parts: [[UInt8]]

    init(_ text: String) {
        parts = text.split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) }
    }

    var isPlain: Bool { parts.count == 1 }

    /// Whether the whole name matches.
    func matches(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = parts.first, let last = parts.last, parts.count > 1 else {
            return bytes == parts.first
        }
        guard bytes.count >= first.count + last.count, bytes.starts(with: first),
            bytes.suffix(last.count).elementsEqual(last)
        else { return false }
        var from = first.count
        let end = bytes.count - last.count
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = ArtifactPattern.find(part, in: bytes[from..<end]) else { return false }
            from = found + part.count
        }
        return from <= end
    }

    private static func find(_ part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= part.count else { return nil }
        return (bytes.startIndex...bytes.endIndex - part.count).first {
            bytes[$0..<$0 + part.count].elementsEqual(part)
        }
    }
}
