/// An object of a document whose keys have been checked.
struct DocumentObject {
    let members: [String: JSONValue]
    let path: [PathStep]
    let faults: FaultCollector

    /// What stands under a key; `null` and nothing are the same.
    func optional(_ key: String) -> DocumentNode? {
        guard let value = members[key], value != .null else { return nil }
        return DocumentNode(value, path: path + [.key(key)], faults: faults)
    }

    /// What stands under a key that must be there.
    func required(_ key: String) -> DocumentNode? {
        if let node = optional(key) { return node }
        faults.add(path, "\"\(key)\" is missing")
        return nil
    }

    func has(_ key: String) -> Bool { optional(key) != nil }
}
