/// Resolves MediaWiki's templates and links, from the inside out, in one pass.
///
/// `{{PLURAL:$1|page|pages}}` becomes its first form, other templates `…`, `[[target|label]]` and `[url label]` the label.
struct MarkupResolver {
    private enum Opening {
        case template
        case link
        case bracket
    }

    private var text: [UInt8] = []
    private var open: [(kind: Opening, start: Int)] = []

    static let ellipsis: [UInt8] = [0xE2, 0x80, 0xA6]

    static func resolve(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(where: { $0 == 0x7B || $0 == 0x5B }) else { return bytes }
        var resolver = MarkupResolver()
        resolver.run(bytes)
        return resolver.text
    }

    private mutating func run(_ bytes: [UInt8]) {
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            let doubled = position + 1 < bytes.count && bytes[position + 1] == byte
            var width = 1
            switch byte {
            case 0x7B where doubled: width = begin(.template, byte, 2)
            case 0x5B: width = begin(doubled ? .link : .bracket, byte, doubled ? 2 : 1)
            case 0x7D where doubled && innermost(is: .template): width = end(.template)
            case 0x5D where doubled && innermost(is: .link): width = end(.link)
            case 0x5D where open.last?.kind == .bracket: width = end(.bracket)
            default: text.append(byte)
            }
            position += width
        }
    }

    private mutating func begin(_ kind: Opening, _ byte: UInt8, _ width: Int) -> Int {
        // Deeper nesting is no message's; what is not opened stays as it is and the filter drops the text.
        if open.count < 64 { open.append((kind, text.count)) }
        text.append(contentsOf: repeatElement(byte, count: width))
        return width
    }

    /// Whether the innermost opening is of this kind, single brackets that were never closed left aside.
    private mutating func innermost(is kind: Opening) -> Bool {
        guard let last = open.lastIndex(where: { $0.kind != .bracket }), open[last].kind == kind else {
            return false
        }
        open.removeSubrange((last + 1)...)
        return true
    }

    private mutating func end(_ kind: Opening) -> Int {
        guard let start = open.popLast()?.start else { return 1 }
        let width = kind == .bracket ? 1 : 2
        let content = text[(start + width)...]
        let replacement: [UInt8]
        switch kind {
        case .template: replacement = Self.template(content)
        case .link:
            replacement = Array(
                content.split(separator: 0x7C, omittingEmptySubsequences: true).last ?? [])
        case .bracket:
            guard let label = Self.label(content) else {
                text.append(0x5D)
                return 1
            }
            replacement = label
        }
        text.removeSubrange(start...)
        text.append(contentsOf: replacement)
        return width
    }

    private static func template(_ content: ArraySlice<UInt8>) -> [UInt8] {
        let name = content.prefix { $0 != 0x3A && $0 != 0x7C }.filter { $0 != 0x20 }.map { $0 & 0xDF }
        let chosen = ["PLURAL", "GENDER", "GRAMMAR"].contains { name.elementsEqual($0.utf8) }
        guard chosen else { return ellipsis }
        let forms = content.split(separator: 0x7C, omittingEmptySubsequences: false).dropFirst()
        let form = forms.first { form in
            // `0=none` answers one number only; it is no general form.
            let rest = form.drop { (48...57).contains($0) }
            return rest.isEmpty || rest.startIndex == form.startIndex || rest.first != 0x3D
        }
        return Array(form ?? [])
    }

    /// The label of an external link; nil when the brackets are no link.
    private static func label(_ content: ArraySlice<UInt8>) -> [UInt8]? {
        let prefixes = ["http:", "https:", "//", "$", "mailto:"]
        guard prefixes.contains(where: { content.starts(with: $0.utf8) }) else { return nil }
        guard let space = content.firstIndex(of: 0x20) else { return [] }
        return Array(content[(space + 1)...])
    }
}
