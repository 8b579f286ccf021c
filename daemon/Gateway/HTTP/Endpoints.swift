import HTTPTypes

/// The routes of the gateway, each with its line of the access table.
struct Endpoints: Sendable {
    private(set) var all: [Endpoint] = []

    /// Adds a route named like `POST /v1/grants`.
    mutating func on(
        _ name: String, query: Set<String> = [], bodyBytes: Int = 1 << 20, remembers: Bool = false,
        _ handler: @escaping Endpoint.Handler
    ) {
        let parts = name.split(separator: " ")
        guard parts.count == 2, let method = HTTPRequest.Method(String(parts[0])) else {
            preconditionFailure("\(name) is no route's name")
        }
        guard let access = AccessPolicy.table[name] else {
            preconditionFailure("\(name) has no line in the access table")
        }
        all.append(
            Endpoint(
                method: method, path: String(parts[1]), access: access, query: query, bodyBytes: bodyBytes,
                remembers: remembers, handler: handler))
    }

    /// The methods that the path has, where it has any.
    func methods(for path: String) -> [String] {
        all.filter { $0.matches(path) }.map(\.method.rawValue).sorted()
    }
}
