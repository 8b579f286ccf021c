import Federation
import Wire

extension Specification {
    static func parse(_ body: [UInt8]) throws -> JSONValue {
        try WireJSON.value(JSONValue.self, from: body, limits: JSONLimits(bytes: 64 << 20, depth: 100))
    }
}
