public import APIClient
public import Federation
import Wire

/// The coordinator by HTTPS with the agent's client certificate.
public struct HTTPLink: CoordinatorLink {
    private let client: CoordinatorClient

    /// Over that client.
    public init(_ client: CoordinatorClient) { self.client = client }

    /// POST /v1/exchange. The read time-out bounds it beyond the wait: a coordinator that was stopped is noticed by
    /// nothing else.
    public func exchange(
        _ document: AgentDocument, waitSeconds: Int64
    ) async throws(ClientError) -> CoordinatorReply {
        try await client.post(
            "/v1/exchange", query: [("wait", String(waitSeconds))], document, as: CoordinatorReply.self,
            seconds: waitSeconds + 30)
    }

    /// GET /v1/depot/<hash>.
    public func chunk(_ sha256: String) async throws(ClientError) -> [UInt8] {
        try await client.bytes("/v1/depot/\(sha256)", retry: .idempotent)
    }

    /// POST /v1/depot/missing.
    public func missing(_ chunks: [String]) async throws(ClientError) -> [String] {
        try await client.post(
            "/v1/depot/missing", MissingChunksRequest(sha256: chunks), as: MissingChunksAnswer.self,
            retry: .idempotent
        ).missing
    }

    /// PUT /v1/depot/<hash>.
    public func put(_ bytes: [UInt8], sha256: String) async throws(ClientError) {
        try await client.put("/v1/depot/\(sha256)", bytes: bytes, retry: .idempotent)
    }
}
