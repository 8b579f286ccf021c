/// A table for people: columns as wide as their widest cell, numbers to the right, no lines drawn.
struct Table {
    /// Where a column's cells stand.
    enum Alignment { case left, right }

    private let heads: [(title: String, alignment: Alignment)]
    private var rows: [[String]] = []

    /// A table with those columns; a title that begins with `>` is a column of numbers.
    init(_ titles: String...) {
        heads = titles.map { $0.hasPrefix(">") ? (String($0.dropFirst()), .right) : ($0, .left) }
    }

    /// A table with those columns.
    init(heads: [(title: String, alignment: Alignment)]) { self.heads = heads }

    /// Adds a row; missing cells are empty, control characters are shown as `·` so that nobody's text drives a terminal.
    mutating func add(_ cells: [String]) {
        rows.append(heads.indices.map { $0 < cells.count ? Table.printable(cells[$0]) : "" })
    }

    /// Adds a row.
    mutating func add(_ cells: String...) { add(cells) }

    var isEmpty: Bool { rows.isEmpty }

    /// The lines, the head first.
    var lines: [String] {
        let widths = heads.indices.map { column in
            max(Table.width(heads[column].title), rows.map { Table.width($0[column]) }.max() ?? 0)
        }
        return ([heads.map(\.title)] + rows).map { cells in
            var line = ""
            for column in heads.indices {
                let padding = String(repeating: " ", count: widths[column] - Table.width(cells[column]))
                line += heads[column].alignment == .right ? padding + cells[column] : cells[column] + padding
                line += column + 1 < heads.count ? "  " : ""
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Prints the table.
    func show() { for line in lines { print(line) } }

    /// Text without control characters.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        else {
            return text
        }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "·" : $0 }))
    }

    private static func width(_ text: String) -> Int { text.count }
}
