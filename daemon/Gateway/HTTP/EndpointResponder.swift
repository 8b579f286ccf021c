import Coordination
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// Runs one endpoint: who speaks, may they, are the query's names known, was this very request answered before.
struct EndpointResponder: HTTPResponder {
    let endpoint: Endpoint
    let doorkeeper: Doorkeeper
    let coordinator: Coordinator
    let keys: KeyGate

    func respond(to request: Request, context: GatewayContext) async throws -> Response {
        let caller = try await doorkeeper.caller(
            request, context, for: endpoint.access, isPage: endpoint.isPage)
        context.who.isKnown(as: caller)
        try doorkeeper.check(caller, against: endpoint.access, isPage: endpoint.isPage)
        try checkQuery(request)
        let call = Call(
            endpoint: endpoint, request: request, context: context, caller: caller, coordinator: coordinator)
        guard endpoint.remembers, let key = request.headers[EndpointResponder.keyHeader],
            case .member(let principal) = caller
        else { return try await endpoint.handler(call) }
        guard (1...256).contains(key.utf8.count) else {
            throw Failure.badRequest("\(WireHeader.idempotencyKey) has 1 to 256 characters")
        }
        let bytes = try await call.bytes()
        let whole = Call(
            endpoint: endpoint, request: EndpointResponder.with(bytes, request), context: context,
            caller: caller,
            coordinator: coordinator)
        return try await keys.alone("\(principal.partner)/\(key)") {
            try await answerOnce(whole, key: key, body: bytes, by: principal)
        }
    }

    private func answerOnce(_ call: Call, key: String, body: [UInt8], by principal: Principal) async throws
        -> Response
    {
        let request =
            "\(endpoint.method.rawValue) \(call.request.uri.path)\n" + String(decoding: body, as: UTF8.self)
        if let first = try await coordinator.remembered(key: key, body: request, by: principal) {
            var response = Response.json(bytes: Array(first.answer.utf8), status: .init(code: first.status))
            response.headers[EndpointResponder.replayedHeader] = "true"
            return response
        }
        let response = try await endpoint.handler(call)
        guard (200..<300).contains(response.status.code) else { return response }
        let writer = CollectingWriter()
        try await response.body.write(writer)
        let answer = writer.bytes
        try await coordinator.remember(
            key: key, body: request, status: response.status.code,
            answer: String(decoding: answer, as: UTF8.self),
            by: principal)
        return .json(bytes: answer, status: response.status)
    }

    private func checkQuery(_ request: Request) throws {
        for (name, _) in request.uri.queryParameters where !endpoint.query.contains(String(name)) {
            let near = Spelling.nearest(to: String(name), among: endpoint.query)
            let known =
                endpoint.query.isEmpty
                ? "it takes none" : "it takes " + endpoint.query.sorted().joined(separator: ", ")
            let suggestion = near.map { "did you mean \($0)?" } ?? known
            throw Failure.badRequest(
                "this path has no query parameter \"\(name.prefix(64))\" (\(suggestion))",
                faults: [
                    Problem.Fault(
                        path: "?\(name.prefix(64))", message: "there is none of that name",
                        suggestion: suggestion)
                ])
        }
    }

    private static func with(_ bytes: [UInt8], _ request: Request) -> Request {
        var request = request
        request.body = .init(buffer: ByteBuffer(bytes: bytes))
        return request
    }

    private static let keyHeader = HTTPField.Name(WireHeader.idempotencyKey) ?? .contentLocation
    private static let replayedHeader = HTTPField.Name(WireHeader.idempotencyReplayed) ?? .contentLocation
}
