import Federation
import Glibc
import Testing

@testable import APIClient

/// The HTTP client against a server of one answer.
@Suite struct ClientTests {
    /// Listens on a free port of this host; answers one request with that text, or never.
    private final class OneAnswer: Sendable {
        let port: UInt16
        private let listener: Int32

        init(_ answer: String?) throws {
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let listener = listener
            port = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                    _ = bind(listener, plain, length)
                    _ = getsockname(listener, plain, &length)
                }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
            listen(listener, 8)
            guard let answer else { return }
            Task.detached {
                let connection = accept(listener, nil, nil)
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                _ = read(connection, &buffer, buffer.count)
                let bytes = Array(answer.utf8)
                _ = write(connection, bytes, bytes.count)
                close(connection)
            }
        }

        deinit { close(listener) }
    }

    private func failure(
        _ port: UInt16, scheme: String = "http", timing: ClientTiming = .init()
    ) async throws -> ClientError? {
        let client = try CoordinatorClient(baseURL: "\(scheme)://127.0.0.1:\(port)", timing: timing)
        var failure: ClientError?
        do throws(ClientError) {
            let _: JSONValue = try await client.get("/v1/x")
        } catch {
            failure = error
        }
        await client.shutdown()
        return failure
    }

    private static func http(_ status: String, _ type: String, _ body: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
    }

    @Test func aProblemKeepsItsWords() async throws {
        let body =
            #"{"type":"urn:hansa:problem:budget","title":"no budget","status":409,"detail":"b is empty","extra":{"left":"0"}}"#
        let server = try OneAnswer(Self.http("409 Conflict", "application/problem+json", body))
        let failure = try #require(try await failure(server.port))
        #expect(failure.kind == .problem)
        #expect(failure.status == 409)
        #expect(failure.title == "no budget")
        #expect(failure.detail == "b is empty")
        #expect(failure.type == "urn:hansa:problem:budget")
        #expect(failure.members["extra"]?["left"]?.text == "0")
        #expect(!failure.isPassing)
    }

    @Test func otherFailuresHavePlainWords() async throws {
        let html = try OneAnswer(Self.http("502 Bad Gateway", "text/html", "<b>no</b>"))
        let gateway = try #require(try await failure(html.port))
        #expect(gateway.status == 502 && gateway.isPassing)
        let wrong = try OneAnswer(Self.http("200 OK", "application/json", "{"))
        #expect(try await failure(wrong.port)?.kind == .malformed)
        let silent = try OneAnswer(nil)
        var timing = ClientTiming()
        timing.requestSeconds = 1
        #expect(try await failure(silent.port, timing: timing)?.kind == .timeout)
        var port: UInt16 = 0
        do { port = try OneAnswer(nil).port }
        let refused = try #require(try await failure(port))
        #expect(refused.kind == .refused)
        #expect(refused.title.contains("refuses connections"))
        let plain = try OneAnswer("this is no TLS\r\n\r\n")
        let kind = try await failure(plain.port, scheme: "https")?.kind
        #expect(kind == .certificate || kind == .unreachable)
    }

    @Test func aTokenNeverTravelsInTheClear() {
        #expect(throws: ClientError.self) {
            try CoordinatorClient(baseURL: "http://hansa.example.eu", token: "t")
        }
        #expect(throws: ClientError.self) {
            try CoordinatorClient(baseURL: "http://localhost.example.eu", token: "t")
        }
        #expect(throws: ClientError.self) { try CoordinatorClient(baseURL: "hansa.example.eu") }
        #expect(throws: ClientError.self) {
            try CoordinatorClient(baseURL: "https://h", trustRoots: "no PEM")
        }
    }

    @Test func queriesAndDates() {
        #expect(QueryText.text([("a b", "x&y=ž")]) == "?a%20b=x%26y%3D%C5%BE")
        #expect(ServerClock.seconds(of: "Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
        #expect(ServerClock.seconds(of: "Thu, 29 Feb 2024 00:00:00 GMT") == 1_709_164_800)
        #expect(ServerClock.seconds(of: "yesterday") == nil)
    }
}
