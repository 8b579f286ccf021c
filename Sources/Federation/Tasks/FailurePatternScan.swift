/// Looks through a log for patterns, in pieces and without going back: every byte costs each pattern a bounded number
/// of steps (Knuth, Morris and Pratt), whatever pattern and log are.
public struct FailurePatternScan: Sendable {
    /// A text to be found, with how much of it still fits after a byte that does not.
    private struct Part: Sendable {
        let bytes: [UInt8]
        let fallback: [Int]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            var table = [Int](repeating: 0, count: bytes.count)
            var length = 0
            for index in bytes.indices.dropFirst() {
                while length > 0, bytes[index] != bytes[length] { length = table[length - 1] }
                if bytes[index] == bytes[length] { length += 1 }
                table[index] = length
            }
            fallback = table
        }
    }

    /// How far a pattern is in the line that is being read.
    private struct Search: Sendable {
        let parts: [Part]
        var part = 0
        var matched = 0
        var isFound = false

        /// The earliest place of each part is as good as any later one, so there is nothing to go back to.
        mutating func read(_ bytes: ArraySlice<UInt8>) {
            for byte in bytes where !isFound {
                if byte == 0x0A {
                    part = 0
                    matched = 0
                    continue
                }
                let sought = parts[part]
                while matched > 0, sought.bytes[matched] != byte { matched = sought.fallback[matched - 1] }
                if sought.bytes[matched] == byte { matched += 1 }
                guard matched == sought.bytes.count else { continue }
                matched = 0
                part += 1
                isFound = part == parts.count
            }
        }
    }

    private let patterns: [FailurePattern]
    private var searches: [Search]

    /// A scan for those patterns; what cannot be used is never found.
    public init(_ patterns: [FailurePattern]) {
        self.patterns = Array(patterns.prefix(FailurePattern.most).filter { $0.fault == nil })
        searches = self.patterns.map { Search(parts: $0.parts.map(Part.init)) }
    }

    /// Reads the next piece of the log.
    public mutating func read(_ bytes: ArraySlice<UInt8>) {
        for index in searches.indices { searches[index].read(bytes) }
    }

    /// The first of the patterns, in their own order, of which a line was found.
    public var found: FailurePattern? {
        zip(patterns, searches).first { $1.isFound }?.0
    }
}
