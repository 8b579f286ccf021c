import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

extension CoordinatorClient {
    func send(
        _ method: HTTPMethod, _ path: String, query: [(name: String, value: String)], body: RequestBody?,
        headers: [(name: String, value: String)] = [], seconds: Int64? = nil, retry: RetryPolicy
    ) async throws(ClientError) -> [UInt8] {
        var attempt = 1
        while true {
            do throws(ClientError) {
                return try await sendOnce(
                    method, path, query: query, body: body, headers: headers, seconds: seconds)
            } catch {
                guard error.isPassing, attempt < retry.attempts else { throw error }
                attempt += 1
                do {
                    try await Task.sleep(for: retry.pause(before: attempt))
                } catch {
                    throw ClientError(kind: .cancelled, title: "the request was given up", detail: "")
                }
            }
        }
    }

    private func sendOnce(
        _ method: HTTPMethod, _ path: String, query: [(name: String, value: String)], body: RequestBody?,
        headers: [(name: String, value: String)], seconds: Int64?
    ) async throws(ClientError) -> [UInt8] {
        var request = HTTPClientRequest(url: baseURL + path + QueryText.text(query))
        request.method = method
        request.headers.add(
            name: "Accept", value: "application/json, application/problem+json;q=0.9, */*;q=0.1")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        if let body {
            request.headers.add(name: "Content-Type", value: body.contentType)
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        let status: HTTPResponseStatus
        let bytes: [UInt8]
        do {
            let answer = try await transport.execute(
                request, timeout: .seconds(seconds ?? timing.requestSeconds))
            status = answer.status
            let buffer = try await answer.body.collect(upTo: CoordinatorClient.maximumAnswerBytes)
            bytes = Array(buffer.readableBytesView)
        } catch {
            throw TransportFailure(address: baseURL).error(for: error)
        }
        guard (200..<300).contains(status.code) else {
            throw BodyCoding.problem(status: Int(status.code), reason: status.reasonPhrase, body: bytes)
        }
        return bytes
    }

    static func tls(
        trustRoots: String?, identity: ClientIdentity?
    ) throws(ClientError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        do {
            if let trustRoots {
                configuration.trustRoots = .certificates(
                    try NIOSSLCertificate.fromPEMBytes(Array(trustRoots.utf8)))
            }
            if let identity {
                configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(
                    Array(identity.certificateChainPEM.utf8)
                ).map { .certificate($0) }
                configuration.privateKey = .privateKey(
                    try NIOSSLPrivateKey(bytes: Array(identity.keyPEM.utf8), format: .pem))
            }
        } catch {
            throw ClientError(
                kind: .unsendable, title: "a certificate or key is not readable as PEM", detail: "\(error)")
        }
        return configuration
    }

    static func isThisHost(_ address: String) -> Bool {
        let host = address.dropFirst("http://".count).prefix { $0 != "/" }
        return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
    }
}
