import HTTPTypes
import Hummingbird
import NIOCore
import Wire

extension Response {
    /// A value as JSON.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        json(bytes: try WireJSON.bytes(value), status: status)
    }

    /// Bytes that are JSON already.
    static func json(bytes: [UInt8], status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: WireJSON.contentType, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// One page of a list.
    static func page<Item: Encodable>(_ page: (items: [Item], next: String?)) throws -> Response {
        try json(Page(items: page.items, next: page.next))
    }

    /// Text of that content type.
    static func text(_ text: String, type: String, cache: String = "no-store") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: cache],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// A problem document.
    static func problem(_ failure: Failure) -> Response {
        var headers = failure.headers
        headers[.contentType] = Problem.contentType
        headers[.cacheControl] = "no-store"
        let bytes = (try? WireJSON.bytes(failure.problem)) ?? []
        return Response(
            status: .init(code: failure.problem.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
