/// Reads a tar stream (ustar, with GNU's long names and pax paths) piece by piece and keeps the files that are wanted.
///
/// Nothing is written to disk, so names that climb out of a folder do no harm.
struct TarReader {
    /// A file of the archive.
    struct Entry: Sendable {
        let path: String
        let bytes: [UInt8]
    }

    /// Files above this size are passed over; no message file comes near it.
    static let largestFile = 64 << 20
    /// All that is kept of one archive.
    static let largestTotal = 1 << 30

    private enum Part {
        case header
        case body(Body)
        case padding
        case finished
        case broken(String)
    }

    private enum Body {
        case kept(path: String)
        case longName
        case extended
        case skipped
    }

    private let wanted: (String) -> Bool
    private var part = Part.header
    private var held: [UInt8] = []
    private var remaining = 0
    private var padding = 0
    private var longName: String?
    private var total = 0

    private(set) var entries: [Entry] = []
    /// Wanted files that were too large to keep.
    private(set) var oversized: [String] = []

    init(wanted: @escaping (String) -> Bool) {
        self.wanted = wanted
    }

    /// Nil when the stream ended where an archive may end; what was wrong otherwise.
    var fault: String? {
        switch part {
        case .broken(let reason): reason
        case .finished: nil
        case .header: held.isEmpty ? nil : "the archive ends within a header"
        case .body, .padding: "the archive ends within a file"
        }
    }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position < bytes.count {
            switch part {
            case .finished, .broken: return
            case .header:
                let count = min(512 - held.count, bytes.count - position)
                held.append(contentsOf: bytes[position..<position + count])
                position += count
                if held.count == 512 { takeHeader() }
            case .body(let body):
                let count = min(remaining, bytes.count - position)
                if case .skipped = body {
                } else {
                    held.append(contentsOf: bytes[position..<position + count])
                }
                position += count
                remaining -= count
                if remaining == 0 { take(body) }
            case .padding:
                let count = min(padding, bytes.count - position)
                position += count
                padding -= count
                if padding == 0 { part = .header }
            }
        }
    }

    private mutating func takeHeader() {
        let header = held
        held.removeAll(keepingCapacity: true)
        if header.allSatisfy({ $0 == 0 }) {
            part = .finished
            return
        }
        guard let size = Self.number(header[124..<136]), size >= 0, Self.checks(header) else {
            part = .broken("a header of the archive is damaged")
            return
        }
        remaining = size
        padding = (512 - size % 512) % 512
        let body = self.body(header, size: size)
        part = .body(body)
        if size == 0 { take(body) }
    }

    private mutating func body(_ header: [UInt8], size: Int) -> Body {
        switch header[156] {
        case UInt8(ascii: "L"): return size < 65536 ? .longName : .skipped
        case UInt8(ascii: "x"): return size < 65536 ? .extended : .skipped
        case UInt8(ascii: "0"), 0:
            let path = longName ?? Self.path(header)
            longName = nil
            guard wanted(path) else { return .skipped }
            guard size <= Self.largestFile, total + size <= Self.largestTotal else {
                oversized.append(path)
                return .skipped
            }
            total += size
            return .kept(path: path)
        default:
            longName = nil
            return .skipped
        }
    }

    private mutating func take(_ body: Body) {
        switch body {
        case .kept(let path): entries.append(Entry(path: path, bytes: held))
        case .longName: longName = Self.text(held[...])
        case .extended: longName = Self.extendedPath(held) ?? longName
        case .skipped: break
        }
        held = []
        part = padding == 0 ? .header : .padding
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func path(_ header: [UInt8]) -> String {
        let name = text(header[0..<100])
        // The prefix field is ustar's; GNU's own format ("ustar  ") keeps times there.
        guard header[257..<263].elementsEqual(Array("ustar\0".utf8)), header[345] != 0 else {
            return name
        }
        return text(header[345..<500]) + "/" + name
    }

    /// The value of `path` among pax records, each `length key=value\n`.
    private static func extendedPath(_ bytes: [UInt8]) -> String? {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").lazy.compactMap {
            record -> String? in
            guard let space = record.firstIndex(of: " ") else { return nil }
            let field = record[record.index(after: space)...]
            return field.hasPrefix("path=") ? String(field.dropFirst(5)) : nil
        }.first
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in field.drop(while: { $0 == 32 }).prefix(while: { $0 != 0 && $0 != 32 }) {
            guard (48...55).contains(byte), value < 1 << 50 else { return nil }
            value = value * 8 + Int(byte - 48)
        }
        return value
    }

    private static func checks(_ header: [UInt8]) -> Bool {
        guard let stated = number(header[148..<156]) else { return false }
        var sum = 8 * 32
        for index in 0..<512 where !(148..<156).contains(index) { sum += Int(header[index]) }
        return sum == stated
    }
}
