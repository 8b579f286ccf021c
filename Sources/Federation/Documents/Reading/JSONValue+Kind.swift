extension JSONValue {
    /// What it is, for a fault's text.
    var kindInWords: String {
        switch self {
        case .null: "nothing"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "the number \(number)"
        case .number(let number): "the number \(number)"
        case .string(let text): "the text \"\(text.prefix(60))\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}
