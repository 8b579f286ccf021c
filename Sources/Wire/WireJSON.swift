import Federation
public import FoundationEssentials

/// The one way in which Hansa's programs write and read JSON: sorted keys, no escaped slashes, and an input that is
/// looked at (size, UTF-8, depth, syntax) before it is decoded, so that a bad one is named by line and column.
public enum WireJSON {
    /// The content type of all bodies but problems.
    public static let contentType = "application/json"

    /// Writes with sorted keys, so that the same value is always the same bytes.
    public static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Reads what `encoder` writes; keys that are not known are passed over.
    public static var decoder: JSONDecoder { JSONDecoder() }

    /// The bytes of a value.
    public static func bytes(_ value: some Encodable) throws -> [UInt8] { Array(try encoder.encode(value)) }

    /// The value that stands in `bytes`, within `limits`; keys that are not known are passed over, as a newer
    /// program may have written them.
    ///
    /// Throws a `BodyFault` that says what is wrong and where.
    public static func value<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], limits: JSONLimits = .init()
    ) throws(BodyFault) -> Value {
        guard bytes.count <= limits.bytes else {
            throw BodyFault(
                kind: .tooLarge, detail: "the body has \(bytes.count) bytes; at most \(limits.bytes) are read"
            )
        }
        try JSONSyntax.check(bytes, maximumDepth: limits.depth)
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw BodyFault(decoding: error)
        }
    }

    /// The request that stands in `bytes`: as `value`, but a key that is not known is a fault with a suggestion,
    /// because a person or a script has most likely misspelt it.
    public static func request<Request: WireRequest>(
        _ type: Request.Type = Request.self, from bytes: [UInt8], limits: JSONLimits = .init()
    ) throws(BodyFault) -> Request {
        let whole = try value(JSONValue.self, from: bytes, limits: limits)
        guard case .object(let members) = whole else {
            throw BodyFault(
                kind: .wrongType, detail: "the body has to be a JSON object",
                faults: [Problem.Fault(path: "", message: "an object is expected here")])
        }
        let unknown = members.keys.filter { !Request.members.contains($0) }.sorted()
        guard unknown.isEmpty else {
            throw BodyFault(
                kind: .unknownKey, detail: "the body has keys that mean nothing here",
                faults: unknown.map { key in
                    let near = Spelling.nearest(to: key, among: Request.members)
                    return Problem.Fault(
                        path: key, message: "there is no such key",
                        suggestion: near.map { "did you mean \"\($0)\"?" }
                            ?? "known keys are \(Request.members.sorted().joined(separator: ", "))")
                })
        }
        return try value(type, from: bytes, limits: limits)
    }
}
