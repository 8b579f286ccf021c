/// An object of a document whose keys have been checked, and the defaults for what it leaves out.
struct DocumentObject {
    let members: [String: JSONValue]
    let path: [PathStep]
    let faults: FaultCollector
    /// What counts for keys that the object has not, itself with defaults perhaps: nearest first.
    private var fallbacks: [DocumentObject] = []

    init(members: [String: JSONValue], path: [PathStep], faults: FaultCollector) {
        self.members = members
        self.path = path
        self.faults = faults
    }

    init(_ own: DocumentObject, fallback: DocumentObject) {
        self = own
        fallbacks = own.fallbacks + [fallback]
    }

    /// What stands under a key; `null` and nothing are the same.
    func optional(_ key: String) -> DocumentNode? {
        if let value = members[key], value != .null {
            return DocumentNode(value, path: path + [.key(key)], faults: faults)
        }
        return fallbacks.lazy.compactMap { $0.optional(key) }.first
    }

    /// What stands under a key that must be there.
    func required(_ key: String) -> DocumentNode? {
        if let node = optional(key) { return node }
        faults.add(path, "\"\(key)\" is missing")
        return nil
    }

    func has(_ key: String) -> Bool { optional(key) != nil }

    /// The entries of an object of free names, the defaults' entries among them.
    func merged(_ key: String) -> [String: DocumentNode] {
        var entries: [String: DocumentNode] = [:]
        for level in levels.reversed() {
            guard let value = level.members[key], value != .null else { continue }
            let node = DocumentNode(value, path: level.path + [.key(key)], faults: faults)
            for (name, node) in node.entries() ?? [] { entries[name] = node }
        }
        return entries
    }

    /// The object under a key, with the defaults' object under the same key as its defaults.
    func mergedObject(_ key: String, keys: [String]) -> DocumentObject? {
        var merged: DocumentObject?
        for level in levels.reversed() {
            guard let value = level.members[key], value != .null else { continue }
            let node = DocumentNode(value, path: level.path + [.key(key)], faults: faults)
            guard let own = node.object(keys: keys) else { continue }
            merged = merged.map { DocumentObject(own, fallback: $0) } ?? own
        }
        return merged
    }

    /// The object itself and its defaults, nearest first.
    private var levels: [DocumentObject] { [self] + fallbacks.flatMap(\.levels) }
}
