import AsyncHTTPClient
import Federation
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing
import Wire

/// An HTTP client that shows everything of an answer, and holds every answer of the API against its document.
final class RawClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
        var json: JSONValue { (try? Specification.parse(bytes)) ?? .null }
        /// The word of a problem's type.
        var problem: String? { json["type"]?.text.map { String($0.dropFirst(Problem.typePrefix.count)) } }
        var detail: String { json["detail"]?.text ?? "" }

        func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try WireJSON.value(type, from: bytes, limits: JSONLimits(bytes: 64 << 20, depth: 100))
        }
    }

    struct Identity: Sendable {
        var chainPEM: String
        var keyPEM: String
    }

    let port: Int
    let token: String?
    private let http: HTTPClient
    private let seen: SeenOperations

    init(port: Int, authority: String, token: String? = nil, identity: Identity? = nil, seen: SeenOperations)
        throws
    {
        self.port = port
        self.token = token
        self.seen = seen
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        if let identity {
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(identity.chainPEM.utf8)).map {
                .certificate($0)
            }
            tls.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(identity.keyPEM.utf8), format: .pem))
        }
        var configuration = HTTPClient.Configuration(certificateVerification: .fullVerification)
        configuration.tlsConfiguration = tls
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(30))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func close() async { try? await http.shutdown() }

    /// Sends bytes as they are.
    func send(
        _ method: String, _ path: String, bytes: [UInt8]? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let bytes { request.body = .bytes(ByteBuffer(bytes: bytes)) }
        let response = try await http.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 64 << 20)
        let answer = Answer(
            status: Int(response.status.code), headers: response.headers, bytes: Array(body.readableBytesView)
        )
        try check(method, path, answer)
        return answer
    }

    /// Sends text.
    func send(
        _ method: String, _ path: String, text: String, headers: [(String, String)] = []
    ) async throws -> Answer {
        try await send(method, path, bytes: Array(text.utf8), headers: headers)
    }

    /// Sends a value as JSON.
    func send(
        _ method: String, _ path: String, _ body: some Encodable, headers: [(String, String)] = []
    ) async throws -> Answer {
        try await send(
            method, path, bytes: try WireJSON.bytes(body),
            headers: [("Content-Type", "application/json")] + headers)
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    private func check(_ method: String, _ path: String, _ answer: Answer) throws {
        let specification = try Specification.shared.get()
        // What is no HTTP is answered below the routes, without a body.
        guard answer.status != 400 || !answer.bytes.isEmpty else { return }
        #expect(answer.headers.first(name: "X-Request-Id") != nil, "\(method) \(path)")
        guard let operation = specification.operation(method, path), answer.status != 405 else { return }
        seen.note(operation, status: answer.status)
        let faults = specification.faults(
            of: operation, status: answer.status, contentType: answer.headers.first(name: "Content-Type"),
            body: answer.bytes)
        #expect(faults == [], "\(method) \(path)")
    }
}
