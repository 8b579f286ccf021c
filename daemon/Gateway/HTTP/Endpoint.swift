import HTTPTypes
import Hummingbird

/// One route: what it is called, who may call it, what it reads, and what it does.
struct Endpoint: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Response

    let method: HTTPRequest.Method
    let path: String
    let access: Access
    /// The query parameters that mean something.
    let query: Set<String>
    /// The longest body that is read into memory; streamed bodies have limits of their own.
    let bodyBytes: Int
    /// Whether the same `Idempotency-Key` is answered with the first answer; never where that holds a secret.
    let remembers: Bool
    let handler: Handler

    /// `GET /v1/tasks/{id}`, as the access table has it.
    var name: String { "\(method.rawValue) \(path)" }
    /// Whether it answers people with a page rather than programs with JSON.
    var isPage: Bool { Endpoint.isPage(path) }

    /// Everything but the API and what watches the daemon is pages.
    static func isPage(_ path: String) -> Bool {
        !(path.hasPrefix("/v1/") || path == "/v1" || ["/healthz", "/readyz", "/metrics"].contains(path))
    }

    /// Whether that path, as it came, is one of this endpoint's.
    func matches(_ path: String) -> Bool {
        let own = self.path.split(separator: "/")
        let other = path.split(separator: "/")
        return own.count == other.count && zip(own, other).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
