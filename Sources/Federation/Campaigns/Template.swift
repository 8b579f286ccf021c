/// A text with places to be filled from a matrix: `evaluate-{language}`, `{group.languages}`. `{{` and `}}` are braces.
public struct Template: Hashable, Sendable {
    /// A piece of it.
    enum Piece: Hashable, Sendable {
        /// Text as it stands.
        case literal(String)
        /// The value of an axis, or a field of that value.
        case reference(axis: String, field: String?)
    }

    /// The pieces in order.
    let pieces: [Piece]
    /// As it was written.
    public let source: String

    /// Parses the text; nil when a brace is not closed or a place is empty.
    init?(_ source: String) {
        self.source = source
        var pieces: [Piece] = []
        var literal = ""
        var rest = source[...]
        while let character = rest.first {
            rest.removeFirst()
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                literal.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else { return nil }
                let parts = rest[..<end].split(separator: ".", omittingEmptySubsequences: false)
                guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && !$0.contains("{") })
                else {
                    return nil
                }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(
                    .reference(axis: String(parts[0]), field: parts.count == 2 ? String(parts[1]) : nil))
                rest = rest[rest.index(after: end)...]
            case "}": return nil
            default: literal.append(character)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.pieces = pieces
    }

    /// The axes and fields that it refers to.
    var references: [(axis: String, field: String?)] {
        pieces.compactMap { if case .reference(let axis, let field) = $0 { (axis, field) } else { nil } }
    }

    /// The text with its places filled; a list is joined by commas.
    func text(_ bindings: MatrixBindings) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .reference(let axis, let field): bindings.values(axis, field).joined(separator: ",")
            }
        }.joined()
    }

    /// The texts with its places filled: one for every element of a list, and the elements that made each.
    func texts(_ bindings: MatrixBindings) -> [(text: String, elements: [String])] {
        var results: [(text: String, elements: [String])] = [("", [])]
        for piece in pieces {
            switch piece {
            case .literal(let text): results = results.map { ($0.text + text, $0.elements) }
            case .reference(let axis, let field):
                let values = bindings.values(axis, field)
                results = results.flatMap { result in
                    values.map { (result.text + $0, result.elements + [$0]) }
                }
            }
        }
        return results
    }
}
