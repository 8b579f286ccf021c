import Postgres

/// JSON texts of values of which many are equal: each is encoded once.
struct JSONTexts {
    private var texts: [AnyHashable: JSONText] = [:]

    /// The value as a `jsonb` parameter.
    mutating func parameter<Value: Encodable & Hashable & Sendable>(_ value: Value?) throws -> JSONText? {
        guard let value else { return nil }
        if let known = texts[AnyHashable(value)] { return known }
        let text = JSONText(try StoredJSON.text(value))
        texts[AnyHashable(value)] = text
        return text
    }
}
