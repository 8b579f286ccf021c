import Federation
import FoundationEssentials
import Wire

/// JSON of requests and answers; the format itself is `WireJSON`'s.
enum BodyCoding {
    static func encode(_ value: some Encodable) throws(ClientError) -> [UInt8] {
        do {
            return Array(try WireJSON.encoder.encode(value))
        } catch {
            throw ClientError(kind: .unsendable, title: "this request is no JSON", detail: "\(error)")
        }
    }

    static func decode<Answer: Decodable>(_ type: Answer.Type, from bytes: [UInt8]) throws(ClientError)
        -> Answer
    {
        do {
            return try WireJSON.decoder.decode(type, from: Data(bytes))
        } catch {
            throw ClientError(
                kind: .malformed, title: "the coordinator's answer is not understood",
                detail: "expected \(type): \(words(error))")
        }
    }

    /// The failure that an error status stands for, with the problem's own words where the body is one.
    static func problem(status: Int, reason: String, body: [UInt8]) -> ClientError {
        var failure = ClientError(kind: .problem, status: status, title: reason, detail: "")
        guard let value = try? WireJSON.decoder.decode(JSONValue.self, from: Data(body)),
            case .object(var members) = value
        else {
            failure.detail = String(decoding: body.prefix(200), as: UTF8.self)
            return failure
        }
        failure.title = members.removeValue(forKey: "title")?.text ?? reason
        failure.detail = members.removeValue(forKey: "detail")?.text ?? ""
        failure.type = members.removeValue(forKey: "type")?.text ?? "about:blank"
        members.removeValue(forKey: "status")
        failure.members = members
        return failure
    }

    private static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        func path(_ context: DecodingError.Context) -> String {
            let keys = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return keys.isEmpty ? "at the top" : "at \(keys.joined(separator: "."))"
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context)) \"\(key.stringValue)\" is missing"
        case .typeMismatch(let type, let context): return "\(path(context)) there is no \(type)"
        case .valueNotFound(let type, let context): return "\(path(context)) there is null instead of \(type)"
        case .dataCorrupted(let context): return "\(path(context)): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }
}
