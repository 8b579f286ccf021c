import Coordination
import Federation
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// One request on its way through its endpoint.
struct Call: Sendable {
    let endpoint: Endpoint
    let request: Request
    let context: GatewayContext
    let caller: Caller
    let coordinator: Coordinator

    /// The member who asks; the access table has let only members in.
    func member() throws -> Principal {
        guard case .member(let principal) = caller else { throw Failure.forbidden("this is for members") }
        return principal
    }

    /// The agent that asks; the access table has let only agents in.
    func agent() throws -> AgentPrincipal {
        guard case .agent(let agent) = caller else { throw Failure.forbidden("this is for agents") }
        return agent
    }

    /// A part of the path.
    func part(_ name: String) throws -> String {
        guard let value = context.parameters.get(name) else {
            throw Failure.notFound("the path has no \(name)")
        }
        return value
    }

    /// A part of the path that names something.
    func identifier<Kind>(_ name: String = "id") throws -> Identifier<Kind> {
        let id = Identifier<Kind>(try part(name))
        guard id.isWellFormed else {
            throw Failure.notFound(
                "there is nothing of that name: names have 1 to 64 of a-z A-Z 0-9 . _ - and begin with a letter or digit"
            )
        }
        return id
    }

    /// The task that the path names.
    func task() throws -> TaskID {
        guard let id = TaskID(try part("id")) else {
            throw Failure.notFound("there is no such task: tasks are named submission-index")
        }
        return id
    }

    /// The SHA-256 that the path names.
    func sha256() throws -> String {
        let text = try part("sha256")
        guard Digest.isSHA256(text) else {
            throw Failure.notFound("a SHA-256 has 64 digits 0-9 a-f")
        }
        return text
    }

    /// A query parameter; an empty one counts as none.
    func query(_ name: String) -> String? {
        request.uri.queryParameters.get(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A query parameter that is one of an enumeration's words.
    func query<Word: RawRepresentable & CaseIterable>(
        _ name: String, as type: Word.Type
    ) throws -> Word? where Word.RawValue == String {
        guard let text = query(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue)
            throw fault(
                name, "\"\(text.prefix(64))\" is no \(name)",
                Spelling.nearest(to: text, among: words).map { "did you mean \($0)?" }
                    ?? "one of \(words.joined(separator: ", "))")
        }
        return word
    }

    /// A query parameter that is a whole number within bounds.
    func query(_ name: String, within bounds: ClosedRange<Int64>, otherwise: Int64) throws -> Int64 {
        guard let text = query(name) else { return otherwise }
        guard let number = Int64(text), bounds.contains(number) else {
            throw fault(
                name, "\"\(text.prefix(64))\" will not do",
                "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    /// How many items a page of a list may have.
    func limit() throws -> Int { Int(try query("limit", within: 1...1000, otherwise: 100)) }

    /// The failure of one query parameter.
    func fault(_ name: String, _ message: String, _ suggestion: String?) -> Failure {
        .badRequest(
            "the query parameter \(name): \(message)" + (suggestion.map { " (\($0))" } ?? ""),
            faults: [Problem.Fault(path: "?\(name)", message: message, suggestion: suggestion)])
    }

    /// The whole body, within the endpoint's limit.
    func bytes() async throws -> [UInt8] {
        let limit = endpoint.bodyBytes
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Failure.tooLarge("the body has \(length) bytes; at most \(limit) are read here")
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= limit else {
                throw Failure.tooLarge("the body has more than the \(limit) bytes that are read here")
            }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// The body as a request that a person or script may have written.
    func body<Body: WireRequest>(_ type: Body.Type = Body.self, depth: Int = 32) async throws -> Body {
        try checkContentType()
        return try WireJSON.request(type, from: try await bytes(), limits: limits(depth))
    }

    /// The body as any JSON.
    func document(depth: Int = 32) async throws -> JSONValue {
        try checkContentType()
        return try WireJSON.value(from: try await bytes(), limits: limits(depth))
    }

    /// The body as what another program of ours has written.
    func message<Body: Decodable>(_ type: Body.Type = Body.self, depth: Int = 64) async throws -> Body {
        try checkContentType()
        return try WireJSON.value(type, from: try await bytes(), limits: limits(depth))
    }

    private func limits(_ depth: Int) -> JSONLimits { JSONLimits(bytes: endpoint.bodyBytes, depth: depth) }

    private func checkContentType() throws {
        guard let type = request.headers[.contentType] else { return }
        let plain = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard plain == WireJSON.contentType else { throw Failure.unsupportedMediaType(type) }
    }
}
