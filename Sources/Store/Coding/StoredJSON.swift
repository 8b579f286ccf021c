import Federation
import FoundationEssentials
import Postgres

/// Values kept as JSON: one spelling, keys sorted, so that equal values give equal texts and hashes.
enum StoredJSON {
    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// The value's JSON text.
    static func text(_ value: some Encodable) throws -> String {
        if let text = (value as? any PlainJSON)?.plainJSON { return text }
        return try encoded(value)
    }

    /// The general encoder's text.
    static func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The value as a `jsonb` parameter.
    static func parameter(_ value: (some Encodable)?) throws -> JSONText? {
        guard let value else { return nil }
        return JSONText(try text(value))
    }

    /// Reads a value back.
    static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

extension Row {
    /// Reads a JSON column.
    func json<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        try StoredJSON.value(try decode(column, as: String.self))
    }

    /// Reads a JSON column that may be NULL.
    func optionalJSON<Value: Decodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        guard let text = try decode(column, as: String?.self) else { return nil }
        return try StoredJSON.value(text)
    }

    /// Reads a task's name from the columns `submission` and `index`.
    func taskID() throws -> TaskID {
        TaskID(submission: try decode("submission"), index: Int(try decode("index", as: Int32.self)))
    }
}
