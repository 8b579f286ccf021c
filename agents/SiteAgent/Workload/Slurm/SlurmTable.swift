/// Rows that a command printed with a separator that nobody could know beforehand, so that no job's name, comment or
/// reason can pass for a row or a field. A header proves that the command itself spoke; without one, or with an
/// output that was cut, there is no table.
struct SlurmTable: Hashable, Sendable {
    /// The columns' titles, as printed.
    var titles: [String]
    /// The rows, each with a field for every column.
    var rows: [[String]]

    /// A fresh separator.
    static func separator() -> String { "@\(RandomName.make())@" }

    /// Rows in which the separator stands before, between and after the fields; a line feed ends a row.
    init?(framed bytes: [UInt8], columns: Int, separator: String) {
        let tokens = ByteText.split(bytes, by: Array(separator.utf8))
        // What stands before the first separator is somebody else's banner.
        guard tokens.count > 1, (tokens.count - 1) % (columns + 1) == 0 else { return nil }
        var all: [[String]] = []
        for start in stride(from: 1, to: tokens.count, by: columns + 1) {
            guard tokens[start + columns].elementsEqual([0x0A]) else { return nil }
            all.append(tokens[start..<start + columns].map { ByteText.string($0) })
        }
        guard let titles = all.first else { return nil }
        self.titles = titles
        rows = Array(all.dropFirst())
    }

    /// Rows in which the separator stands behind each field; a line feed ends a row. The header must show those titles,
    /// in whatever case.
    init?(trailing bytes: [UInt8], titles: [String], separator: String) {
        let columns = titles.count
        var tokens = ByteText.split(bytes, by: Array(separator.utf8))
        guard let end = tokens.popLast(), end.elementsEqual([0x0A]), !tokens.isEmpty,
            tokens.count % columns == 0
        else { return nil }
        if let lineFeed = tokens[0].lastIndex(of: 0x0A) { tokens[0] = tokens[0][(lineFeed + 1)...] }
        var all: [[String]] = []
        for start in stride(from: 0, to: tokens.count, by: columns) {
            var fields = tokens[start..<start + columns].map { $0 }
            if start > 0 {
                guard fields[0].first == 0x0A else { return nil }
                fields[0] = fields[0].dropFirst()
            }
            all.append(fields.map { ByteText.string($0) })
        }
        guard let header = all.first,
            header.map({ $0.lowercased() }) == titles.map({ $0.lowercased() })
        else { return nil }
        self.titles = header
        rows = Array(all.dropFirst())
    }
}
