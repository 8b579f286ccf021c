import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The one HTTP client of CLI and agent: HTTP/1.1 with own trust roots, a client certificate where there is one, no
/// redirects, and no request sent twice unless its caller says that it may be. `shutdown()` ends it; without that a
/// process that goes on leaks its connections.
public struct CoordinatorClient: Sendable {
    /// Where the coordinator is, without a trailing `/`.
    public let baseURL: String
    let transport: HTTPClient
    private let group: MultiThreadedEventLoopGroup
    let authorization: String?
    let timing: ClientTiming

    /// The longest answer that is read into memory.
    public static let maximumAnswerBytes = 64 << 20

    /// A client for that address.
    ///
    /// `trustRoots` is PEM; nil trusts what the system trusts. A `token` goes out only under TLS, or to this host.
    /// Throws `unsendable` where the address or a PEM text cannot be used.
    public init(
        baseURL: String, trustRoots: String? = nil, identity: ClientIdentity? = nil, token: String? = nil,
        timing: ClientTiming = .init()
    ) throws(ClientError) {
        let trimmed = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        let isTLS = trimmed.hasPrefix("https://")
        guard isTLS || trimmed.hasPrefix("http://"), trimmed.count > 8 else {
            throw ClientError(
                kind: .unsendable, title: "\"\(baseURL)\" is no coordinator's address",
                detail: "write it like https://hansa.example.eu:8443")
        }
        if token != nil, !isTLS, !CoordinatorClient.isThisHost(trimmed) {
            throw ClientError(
                kind: .unsendable, title: "a token does not travel in the clear",
                detail: "use https:// for \(trimmed)")
        }
        self.baseURL = trimmed
        self.timing = timing
        authorization = token.map { "Bearer \($0)" }
        var configuration = HTTPClient.Configuration(certificateVerification: .fullVerification)
        configuration.tlsConfiguration = try CoordinatorClient.tls(trustRoots: trustRoots, identity: identity)
        configuration.timeout = .init(
            connect: .seconds(timing.connectSeconds), read: .seconds(timing.readSeconds))
        // Below the server's 90 s, so that the client is the one that closes an idle connection.
        configuration.connectionPool.idleTimeout = .seconds(75)
        // The default goes on connecting behind the caller's back, past its deadline.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        transport = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    /// Closes all connections and ends the event loop.
    public func shutdown() async {
        try? await transport.shutdown()
        try? await group.shutdownGracefully()
    }

    /// GET, and the answer as a value.
    public func get<Answer: Decodable>(
        _ path: String, query: [(name: String, value: String)] = [], as type: Answer.Type = Answer.self,
        retry: RetryPolicy = .never
    ) async throws(ClientError) -> Answer {
        let bytes = try await send(.GET, path, query: query, body: nil, retry: retry)
        return try BodyCoding.decode(type, from: bytes)
    }

    /// POST of a value, and the answer as one. `seconds` bounds the request as a whole (a long poll's needs more
    /// than the default). `headers` go along, such as an `Idempotency-Key`.
    public func post<Body: Encodable, Answer: Decodable>(
        _ path: String, query: [(name: String, value: String)] = [], _ body: Body,
        as type: Answer.Type = Answer.self,
        headers: [(name: String, value: String)] = [], seconds: Int64? = nil, retry: RetryPolicy = .never
    ) async throws(ClientError) -> Answer {
        let bytes = try await send(
            .POST, path, query: query, body: .json(try BodyCoding.encode(body)), headers: headers,
            seconds: seconds,
            retry: retry)
        return try BodyCoding.decode(type, from: bytes)
    }

    /// POST of bytes of that content type (YAML, a signed bundle), and the answer as a value.
    public func post<Answer: Decodable>(
        _ path: String, query: [(name: String, value: String)] = [], bytes: [UInt8], contentType: String,
        as type: Answer.Type = Answer.self, headers: [(name: String, value: String)] = [],
        retry: RetryPolicy = .never
    ) async throws(ClientError) -> Answer {
        let answer = try await send(
            .POST, path, query: query, body: RequestBody(bytes: bytes, contentType: contentType),
            headers: headers,
            retry: retry)
        return try BodyCoding.decode(type, from: answer)
    }

    /// PUT of a value, and the answer as one.
    public func put<Body: Encodable, Answer: Decodable>(
        _ path: String, query: [(name: String, value: String)] = [], _ body: Body,
        as type: Answer.Type = Answer.self,
        retry: RetryPolicy = .never
    ) async throws(ClientError) -> Answer {
        let bytes = try await send(
            .PUT, path, query: query, body: .json(try BodyCoding.encode(body)), retry: retry)
        return try BodyCoding.decode(type, from: bytes)
    }

    /// DELETE, and the answer as a value.
    public func delete<Answer: Decodable>(
        _ path: String, query: [(name: String, value: String)] = [], as type: Answer.Type = Answer.self,
        retry: RetryPolicy = .never
    ) async throws(ClientError) -> Answer {
        let bytes = try await send(.DELETE, path, query: query, body: nil, retry: retry)
        return try BodyCoding.decode(type, from: bytes)
    }

    /// GET, and the answer's bytes: a chunk, an export, a page.
    public func bytes(
        _ path: String, query: [(name: String, value: String)] = [], retry: RetryPolicy = .never
    ) async throws(ClientError) -> [UInt8] {
        try await send(.GET, path, query: query, body: nil, retry: retry)
    }

    /// PUT of bytes; the answer's body is dropped.
    public func put(
        _ path: String, bytes: [UInt8], contentType: String = "application/octet-stream",
        retry: RetryPolicy = .never
    ) async throws(ClientError) {
        _ = try await send(
            .PUT, path, query: [], body: RequestBody(bytes: bytes, contentType: contentType), retry: retry)
    }
}
