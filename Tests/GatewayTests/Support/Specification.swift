import Federation
import Testing
import Yams

@testable import Gateway

/// The API's document as the tests read it, and the part of JSON Schema that it may use.
struct Specification: Sendable {
    let root: JSONValue

    static let shared = Result { try Specification(OpenAPIDocument.text) }

    init(_ yaml: String) throws {
        root = Specification.json(try Yams.load(yaml: yaml))
    }

    /// `GET /v1/tasks/{id}` of every operation.
    var operations: [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        guard case .object(let paths) = root["paths"] ?? .null else { return found }
        for (path, item) in paths {
            guard case .object(let methods) = item else { continue }
            for (method, operation) in methods { found["\(method.uppercased()) \(path)"] = operation }
        }
        return found
    }

    /// The operation that a request's path belongs to.
    func operation(_ method: String, _ path: String) -> String? {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let fitting = operations.keys.filter { name in
            let own = name.split(separator: " ")
            guard own.count == 2, own[0] == method else { return false }
            let segments = own[1].split(separator: "/")
            return segments.count == parts.count
                && zip(segments, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // A literal segment wins over a parameter.
        return fitting.min { $0.count(where: { $0 == "{" }) < $1.count(where: { $0 == "{" }) }
    }

    /// What is wrong with an answer, in words; empty when the document has it so.
    func faults(of operation: String, status: Int, contentType: String?, body: [UInt8]) -> [String] {
        guard let responses = operations[operation]?["responses"] else {
            return ["\(operation) has no responses"]
        }
        guard
            let response = (responses["\(status)"] ?? (status >= 400 ? responses["default"] : nil)).map(
                resolved)
        else { return ["\(operation) does not document \(status)"] }
        guard case .object(let content) = response["content"] ?? .null else {
            return body.isEmpty ? [] : ["\(operation) \(status): the document has no body, the answer does"]
        }
        let type = String((contentType ?? "").prefix { $0 != ";" })
        guard let schema = content[type]?["schema"] else {
            return ["\(operation) \(status): \(type) is not documented"]
        }
        guard type.hasSuffix("json") else { return [] }
        guard let value = try? Specification.parse(body) else { return ["\(operation) \(status): not JSON"] }
        return faults(value, schema, "\(operation) \(status) $")
    }

    /// What is wrong with a value of that schema, in words.
    func faults(of value: JSONValue, schema name: String) -> [String] {
        faults(value, Self.reference(to: name), name)
    }

    static func reference(to schema: String) -> JSONValue {
        .object(["$ref": .string("#/components/schemas/\(schema)")])
    }

    func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        var node = root
        for part in reference.dropFirst(2).split(separator: "/") { node = node[String(part)] ?? .null }
        return node
    }

    private static let known: Set<String> = [
        "type", "required", "properties", "items", "enum", "additionalProperties", "description", "format",
        "$ref", "minProperties", "maxProperties",
    ]

    private func faults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        if schema["$ref"] != nil {
            let target = resolved(schema)
            return target == .null
                ? ["\(place): \(schema["$ref"]?.text ?? "") leads nowhere"] : faults(value, target, place)
        }
        guard case .object(let members) = schema else { return ["\(place): the schema is no mapping"] }
        var found = members.keys.filter { !Self.known.contains($0) }.map {
            "\(place): keyword \($0) is not checked"
        }
        if case .array(let words) = schema["enum"] ?? .null, !words.contains(value) {
            found.append("\(place): \(value) is not one of \(words)")
        }
        switch (schema["type"]?.text, value) {
        case (nil, _), ("string", .string), ("integer", .integer), ("boolean", .bool), ("number", .number),
            ("number", .integer):
            break
        case ("array", .array(let items)):
            for (index, item) in items.enumerated() {
                found += faults(item, schema["items"] ?? .object([:]), "\(place)[\(index)]")
            }
        case ("object", .object(let object)): found += faults(of: object, schema, place)
        default: found.append("\(place): \(value) is no \(schema["type"]?.text ?? "")")
        }
        return found
    }

    private func faults(of object: [String: JSONValue], _ schema: JSONValue, _ place: String) -> [String] {
        var found: [String] = []
        if let least = schema["minProperties"]?.integer, object.count < least {
            found.append("\(place): fewer than \(least) properties")
        }
        if let most = schema["maxProperties"]?.integer, object.count > most {
            found.append("\(place): more than \(most) properties")
        }
        if case .array(let required) = schema["required"] ?? .null {
            for name in required.compactMap(\.text) where object[name] == nil {
                found.append("\(place): \(name) is missing")
            }
        }
        for (name, value) in object {
            if let own = schema["properties"]?[name] {
                found += faults(value, own, "\(place).\(name)")
            } else if case .bool(false) = schema["additionalProperties"] ?? .null {
                found.append("\(place): \(name) is not documented")
            } else if let others = schema["additionalProperties"], case .object = others {
                found += faults(value, others, "\(place).\(name)")
            }
        }
        return found
    }

    private static func json(_ value: Any?) -> JSONValue {
        switch value {
        case let value as Bool: .bool(value)
        case let value as Int: .integer(Int64(value))
        case let value as Double: .number(value)
        case let value as String: .string(value)
        case let value as [Any]: .array(value.map(json))
        case let value as [AnyHashable: Any]:
            .object(
                value.reduce(into: [:]) { result, entry in
                    result["\(entry.key.base)"] = json(entry.value)
                })
        default: .null
        }
    }
}
