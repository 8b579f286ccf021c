/// What `--export` takes along: `ALL`, `NONE`, `A=1,B='x,y',C`.
public struct ExportList: Hashable, Sendable {
    /// Whether the submitting shell's whole environment goes along.
    public var all = false
    /// Whether nothing of it does.
    public var none = false
    /// Variables with their values, in order.
    public var values: [(name: String, value: String)] = []
    /// Variables whose values are those of the submitting shell.
    public var inherited: [String] = []

    /// Reads a list; nil where a name in it is none.
    public init?(_ text: String) {
        for part in ExportList.split(text) {
            switch part {
            case "ALL": all = true
            case "NONE", "NIL": none = true
            default:
                let name = String(part.prefix { $0 != "=" })
                guard ExportList.isName(name) else { return nil }
                if name.count == part.count {
                    inherited.append(name)
                } else {
                    values.append((name, String(part.dropFirst(name.count + 1))))
                }
            }
        }
    }

    /// Compares two lists.
    public static func == (left: ExportList, right: ExportList) -> Bool {
        left.all == right.all && left.none == right.none && left.inherited == right.inherited
            && left.values.map(\.name) == right.values.map(\.name)
            && left.values.map(\.value) == right.values.map(\.value)
    }

    /// Hashes the list.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(values.map(\.name))
        hasher.combine(inherited)
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy {
            $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                || (0x61...0x7A).contains($0)
        }
    }

    /// Splits at commas that stand in no quotes; the quotes go.
    private static func split(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { current.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "," {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(current)
        return parts.filter { !$0.isEmpty }
    }
}
