import Coordination
import Crypto
import Federation
import FoundationEssentials
import Hummingbird
import Wire

/// The site exchange for sites that let nothing out: a member brings an agent's signed document and takes the signed
/// reply back. Who brings it only carries; who speaks is proven by the signature.
enum BundleRoutes {
    static func add(to endpoints: inout Endpoints) {
        // The same bundle brought again under its key is answered with the first answer: a carrier that lost the
        // reply on its way fetches it once more, and no pack that was confirmed in it is lost.
        endpoints.on(
            "POST /v1/bundles", query: ["wait"], bodyBytes: Bundle.maximumBytes, remembers: true
        ) { call in try await exchange(call) }
    }

    private static func exchange(_ call: Call) async throws -> Response {
        let wait = try call.query("wait", within: 0...60, otherwise: 2)
        let principal = try call.member()
        let coordinator = call.coordinator
        let bundle = try opened(try await call.bytes())
        let (agent, key) = try await coordinator.carried(agent: bundle.header.agent, by: principal)
        do {
            try bundle.check(
                instance: coordinator.instance, agent: agent.agent, direction: .document,
                sha256: { Digest.sha256($0) }, isSigned: { try isSigned($0, $1, key) })
        } catch {
            throw refusal(error)
        }
        let carried: CourierDocument = try WireJSON.value(
            from: bundle.content, limits: JSONLimits(bytes: Bundle.maximumContentBytes, depth: 64))
        let document = carried.document
        guard document.agent == agent.agent, document.number == bundle.header.number,
            document.journal == bundle.header.journal, document.mode == .courier
        else { throw refusal(BundleFault("its document is not the one that its header names")) }
        let limit = CourierDocument.maximumChunks
        guard carried.wants.count <= limit, carried.carries.count <= limit else {
            throw refusal(BundleFault("it names more than \(limit) chunks"))
        }
        let reply = try await call.whilePresent {
            try await coordinator.exchange(document, from: agent, wait: .seconds(wait))
        }
        let carries = carried.carries.map(\.sha256)
        let missing = Set(try await coordinator.missingChunks(carries))
        let answer = CourierReply(
            reply: reply, has: carries.filter { !missing.contains($0) },
            absent: try await coordinator.missingChunks(carried.wants.map(\.sha256)))
        let content = try WireJSON.bytes(answer)
        let header = BundleHeader(
            instance: coordinator.instance, agent: agent.agent, journal: document.journal, direction: .reply,
            number: document.number, at: coordinator.now(), bytes: 0, sha256: "")
        let file = try Bundle.file(
            header, content: content, sha256: Digest.sha256(content), sign: coordinator.sign)
        return try .json(BundleAnswer(file: file))
    }

    private static func opened(_ bytes: [UInt8]) throws -> Bundle {
        do {
            return try Bundle(reading: bytes)
        } catch {
            throw refusal(error)
        }
    }

    private static func isSigned(_ signature: [UInt8], _ bytes: [UInt8], _ key: String) throws -> Bool {
        guard let raw = Data(base64Encoded: key) else { return false }
        return try Curve25519.Signing.PublicKey(rawRepresentation: raw)
            .isValidSignature(Data(signature), for: Data(bytes))
    }

    private static func refusal(_ fault: BundleFault) -> Failure {
        .badRequest("the bundle is not taken: \(fault)")
    }
}
