/// Which statements a session has prepared, by text and parameter types.
struct StatementCache {
    struct Key: Hashable {
        var text: String
        var types: [UInt32]
    }

    /// Statements composed at run time could grow without bound on the server otherwise.
    static let limit = 300

    private var names: [Key: String] = [:]
    private var order: [Key] = []  // oldest first
    private var last = 0

    var count: Int { names.count }

    func name(_ key: Key) -> String? { names[key] }

    /// A name that was never used before: after a failure nobody knows whether the server kept the old one.
    mutating func freshName() -> String {
        last += 1
        return "s\(last)"
    }

    mutating func add(_ key: Key, _ name: String) {
        if names.updateValue(name, forKey: key) == nil { order.append(key) }
    }

    mutating func forget(_ key: Key) {
        if names.removeValue(forKey: key) != nil { order.removeAll { $0 == key } }
    }

    /// The oldest, if there are too many.
    func surplus() -> (key: Key, name: String)? {
        guard names.count >= Self.limit, let key = order.first, let name = names[key] else { return nil }
        return (key, name)
    }
}
