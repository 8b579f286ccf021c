/// Whether markup is well-formed: every element closed in order, attributes quoted, nothing that runs.
enum MarkupCheck {
    static func faults(in text: String) -> [String] {
        var faults: [String] = []
        var open: [String] = []
        var rest = Array(text.utf8)[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            guard let end = close(rest, from: start) else { return faults + ["an element is not closed"] }
            let inside = String(decoding: rest[(start + 1)..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            let name = inside.drop { $0 == "/" }.prefix { $0 != " " }.lowercased()
            if ["script", "iframe", "object", "embed", "style"].contains(name) { faults.append("<\(name)>") }
            if inside.contains(" on") && inside.contains("=\"javascript") { faults.append(inside) }
            if inside.hasPrefix("/") {
                if open.last == name {
                    open.removeLast()
                } else {
                    faults.append("</\(name)> closes \(open.last ?? "nothing")")
                }
            } else if !["!doctype", "meta", "link", "br"].contains(name) {
                open.append(name)
            }
        }
        return faults + open.map { "<\($0)> stays open" }
    }

    /// The `>` that ends an element: the first one outside quotes.
    private static func close(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
        var quoted = false
        for index in start..<bytes.endIndex {
            if bytes[index] == UInt8(ascii: "\"") { quoted.toggle() }
            if bytes[index] == UInt8(ascii: ">"), !quoted { return index }
        }
        return nil
    }
}
