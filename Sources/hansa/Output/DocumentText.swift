import Federation
import Yams

/// A document as YAML that reads back as the same values.
enum DocumentText {
    /// The text; long text with lines in it stands as it is, behind a bar.
    static func yaml(_ value: JSONValue) throws -> String {
        try Yams.serialize(node: node(value), width: -1, allowUnicode: true)
    }

    /// Keys in the order in which people write them, others after them by name.
    private static let order = [
        "name", "tasks", "matrix", "kind", "activity", "workPackage", "budget", "program", "arguments",
        "resources",
        "stack", "sites", "text",
    ]

    private static func node(_ value: JSONValue) -> Node {
        switch value {
        case .null: return Node.scalar(.init("null"))
        case .bool(let flag): return Node.scalar(.init(flag ? "true" : "false"))
        case .integer(let number): return Node.scalar(.init(String(number)))
        case .number(let number): return Node.scalar(.init(String(number)))
        case .string(let text): return Node.scalar(scalar(text))
        case .array(let elements):
            let isFlat = elements.allSatisfy { if case .string = $0 { true } else { false } }
            return .sequence(.init(elements.map(node), .implicit, isFlat ? .flow : .block))
        case .object(let members):
            let names = members.keys.sorted { place($0) < place($1) }
            return .mapping(
                .init(names.map { (Node.scalar(scalar($0)), node(members[$0] ?? .null)) }, .implicit, .block))
        }
    }

    private static func place(_ name: String) -> (Int, String) {
        (order.firstIndex(of: name) ?? (name == "script" ? order.count + 1 : order.count), name)
    }

    private static func scalar(_ text: String) -> Node.Scalar {
        if text.contains("\n") { return .init(text, Tag(.str), .literal) }
        let isPlain =
            text.utf8.first.map { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) } == true
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || "_-./".utf8.contains($0)
            } && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return .init(text, Tag(.str), isPlain ? .plain : .doubleQuoted)
    }
}
