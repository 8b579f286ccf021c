import Federation

/// Which properties the values of a schema were seen with: those that all of them had, and those that any had. What the
/// document calls required or lists at all has to be the same, or it describes something else than what is written.
struct SchemaCoverage {
    private struct Seen {
        var any: Set<String>
        var all: Set<String>
    }

    let specification: Specification
    private var seen: [String: Seen] = [:]

    init(_ specification: Specification) { self.specification = specification }

    /// Walks a value of that schema.
    mutating func note(_ value: JSONValue, schema name: String) {
        note(value, Specification.reference(to: name), name)
    }

    private mutating func note(_ value: JSONValue, _ schema: JSONValue, _ place: String) {
        let target = schema["$ref"]?.text.map { String($0.split(separator: "/").last ?? "") } ?? place
        let schema = specification.resolved(schema)
        switch value {
        case .array(let items):
            for item in items { note(item, schema["items"] ?? .null, "\(target)[]") }
        case .object(let members):
            if schema["properties"] != nil {
                let keys = Set(members.keys)
                let before = seen[target]
                seen[target] = Seen(
                    any: keys.union(before?.any ?? []), all: keys.intersection(before?.all ?? keys))
            }
            for (key, member) in members {
                guard let own = schema["properties"]?[key] ?? schema["additionalProperties"] else { continue }
                note(member, own, "\(target).\(key)")
            }
        default: break
        }
    }

    /// Where the values and the document differ, in words.
    var differences: [String] {
        seen.flatMap { place, seen in
            let schema = place.split(separator: ".", maxSplits: 1).count == 1 ? named(place) : nested(place)
            guard case .object(let properties) = schema["properties"] ?? .null else {
                return ["\(place): no properties"]
            }
            var required: Set<String> = []
            if case .array(let names) = schema["required"] ?? .null {
                required = Set(names.compactMap(\.text))
            }
            let listed = Set(properties.keys)
            return seen.any.subtracting(listed).map { "\(place).\($0) is written, not documented" }
                + listed.subtracting(seen.any).map { "\(place).\($0) is documented, never written" }
                + required.subtracting(seen.all).map { "\(place).\($0) is called required, but left out" }
                + seen.all.subtracting(required).map { "\(place).\($0) is always written, not required" }
                .filter { _ in schema["maxProperties"] == nil }
        }.sorted()
    }

    /// The schemas that were met.
    var names: Set<String> { Set(seen.keys.filter { !$0.contains(".") }) }

    private func named(_ name: String) -> JSONValue {
        specification.root["components"]?["schemas"]?[name] ?? .null
    }

    /// A case of an enumeration: its schema stands within the one that it is a case of.
    private func nested(_ place: String) -> JSONValue {
        let parts = place.split(separator: ".").map(String.init)
        return parts.dropFirst().reduce(named(parts[0])) { $0["properties"]?[$1] ?? .null }
    }
}
