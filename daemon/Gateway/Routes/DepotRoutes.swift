import Coordination
import Federation
import HTTPTypes
import Hummingbird
import Wire

/// Artifacts' manifests, and the chunks that the depot keeps.
enum DepotRoutes {
    static func add(to endpoints: inout Endpoints) {
        endpoints.on("GET /v1/artifacts/{sha256}/manifest") { call in
            try .json(try await call.coordinator.manifest(artifact: call.sha256(), by: call.member()))
        }
        endpoints.on("POST /v1/depot/missing", bodyBytes: 1 << 20) { call in
            let request = try await call.body(MissingChunksRequest.self)
            guard request.sha256.count <= 10_000, request.sha256.allSatisfy(Digest.isSHA256) else {
                throw Failure.badRequest("sha256: at most 10,000 hashes of 64 digits 0-9 a-f each")
            }
            return try .json(
                MissingChunksAnswer(missing: try await call.coordinator.missingChunks(request.sha256)))
        }
        endpoints.on("PUT /v1/depot/{sha256}") { call in
            let limit = Int(Manifest.chunkBytes)
            if let length = call.request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
                throw Failure.tooLarge("a chunk has at most \(limit) bytes, this one \(length)")
            }
            let bound = BodyBound(limit: limit)
            let body = call.request.body.map { buffer in try bound.pass(buffer) }
            try await call.coordinator.storeChunk(sha256: call.sha256(), bytes: body)
            return Response(status: .noContent)
        }
        endpoints.on("GET /v1/depot/{sha256}") { call in
            let found =
                if case .member(let principal) = call.caller {
                    try await call.coordinator.openChunk(sha256: call.sha256(), by: principal)
                } else {
                    try await call.coordinator.openChunk(sha256: call.sha256())
                }
            guard let chunk = found else {
                throw Failure.notFound("the depot has no such chunk")
            }
            // The file's name is its content: it may be kept for ever.
            var headers: HTTPFields = [
                .contentType: "application/octet-stream",
                .cacheControl: "private, max-age=31536000, immutable",
            ]
            headers[.contentLength] = String(chunk.bytes)
            let body = try await FileIO().loadFile(path: chunk.path, context: call.context)
            return Response(status: .ok, headers: headers, body: body)
        }
    }
}
