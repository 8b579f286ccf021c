import Coordination
import Crypto
import Federation
import FoundationEssentials
import HTTPTypes
import Hummingbird
import SwiftASN1
import Wire
import X509

/// Agents: enrolment, certificates, and the site exchange.
struct AgentRoutes: Sendable {
    let authority: Authority
    let certificateDays: Double
    let pollSeconds: Int64
    let parked: ParkedPolls
    let sealKeyPEM: String

    func add(to endpoints: inout Endpoints) {
        endpoints.on("POST /v1/exchange", query: ["wait"], bodyBytes: JSONLimits.exchange.bytes) { call in
            try await exchange(call)
        }
        endpoints.on("POST /v1/enrolment-tokens") { call in
            let request = try await call.body(EnrolmentTokenRequest.self)
            let token = try await call.coordinator.enrolmentToken(
                agent: request.agent, site: request.site, by: call.member())
            return try .json(
                EnrolmentTokenAnswer(
                    token: token, validSeconds: 3600, authority: try authority.certificatePEM,
                    fingerprint: try authority.fingerprint),
                status: .created)
        }
        endpoints.on("POST /v1/enrolments", bodyBytes: 64 << 10) { call in try await enrol(call) }
        endpoints.on("POST /v1/agent/renewals", bodyBytes: 64 << 10) { call in try await renew(call) }
        endpoints.on("POST /v1/agents/{id}/drain") { call in
            let request = try await call.body(DrainRequest.self)
            let agent: AgentID = try call.identifier()
            try await call.coordinator.drain(agent: agent, request.drain, by: call.member())
            return try .json(
                ChangesAnswer(changes: ["\(agent) takes \(request.drain ? "no new packs" : "packs again")"]))
        }
        endpoints.on("POST /v1/agents/{id}/revoke") { call in
            let agent: AgentID = try call.identifier()
            try await call.coordinator.revoke(agent: agent, by: call.member())
            return try .json(ChangesAnswer(changes: ["the certificate of \(agent) was revoked"]))
        }
        endpoints.on("POST /v1/agents/{id}/move") { call in
            let agent: AgentID = try call.identifier()
            try await call.coordinator.move(agent: agent, by: call.member())
            return try .json(ChangesAnswer(changes: ["\(agent) may enrol with another run root"]))
        }
        endpoints.on("POST /v1/agents/{id}/waive") { call in
            let agent: AgentID = try call.identifier()
            let request = try await call.body(WaiverRequest.self)
            try await call.coordinator.waive(agent: agent, reason: request.reason, by: call.member())
            return try .json(ChangesAnswer(changes: ["\(agent) is out of quarantine without a report"]))
        }
    }

    private func exchange(_ call: Call) async throws -> Response {
        let agent = try call.agent()
        let wait = try call.query("wait", within: 0...120, otherwise: pollSeconds)
        let document: AgentDocument = try await call.message()
        guard document.agent == agent.agent else {
            throw Failure.forbidden("the certificate is \(agent.agent)'s, the document \(document.agent)'s")
        }
        let coordinator = call.coordinator
        let reply = try await parked.counting {
            try await call.whilePresent {
                try await coordinator.exchange(document, from: agent, wait: .seconds(wait))
            }
        }
        return try .json(reply)
    }

    private func enrol(_ call: Call) async throws -> Response {
        let request = try await call.body(EnrolmentRequest.self)
        let key = try AgentRoutes.ed25519(request.ed25519)
        let named = try await call.coordinator.enrolled(by: request.token)
        let issued = try authority.issue(
            request: request.csr, agent: named.agent.rawValue, days: certificateDays)
        let (agent, site) = try await call.coordinator.redeem(
            enrolmentToken: request.token, runRoot: request.runRoot, ed25519: key,
            spkiSHA256: issued.spkiSHA256,
            serial: issued.serial, until: Instant(seconds: issued.untilSeconds))
        return try .json(
            EnrolmentAnswer(
                agent: agent, site: site, instance: call.coordinator.instance,
                generation: call.coordinator.generation, certificates: issued.pem,
                authority: try authority.certificatePEM, bookKey: sealKeyPEM),
            status: .created)
    }

    /// By the certificate that is still good, or, after a long cut, by the agent's own key over the new request.
    private func renew(_ call: Call) async throws -> Response {
        let request = try await call.body(RenewalRequest.self)
        let agent: AgentID
        if case .agent(let principal) = call.caller {
            agent = principal.agent
        } else {
            agent = try await signer(of: request, call)
        }
        let issued = try authority.issue(request: request.csr, agent: agent.rawValue, days: certificateDays)
        try await call.coordinator.renew(
            agent: agent, spkiSHA256: issued.spkiSHA256, serial: issued.serial,
            until: Instant(seconds: issued.untilSeconds))
        return try .json(RenewalAnswer(certificates: issued.pem, authority: try authority.certificatePEM))
    }

    private func signer(of request: RenewalRequest, _ call: Call) async throws -> AgentID {
        let refusal = Failure.forbidden("this renewal is not signed with the key of an enrolled agent")
        guard let agent = request.agent, let text = request.signature,
            let signature = Data(base64Encoded: text),
            let keyText = try await call.coordinator.signingKey(of: agent),
            let keyBytes = Data(base64Encoded: keyText),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: keyBytes),
            key.isValidSignature(signature, for: Data(request.csr.utf8))
        else { throw refusal }
        return agent
    }

    /// The raw key, base64, out of PEM.
    static func ed25519(_ pem: String) throws -> String {
        guard let key = try? Certificate.PublicKey(pemEncoded: pem),
            let own = Curve25519.Signing.PublicKey(key)
        else {
            throw Failure.badRequest(
                "ed25519: the agent's Ed25519 public key is expected here, PEM (SPKI)",
                faults: [
                    Problem.Fault(path: "ed25519", message: "an Ed25519 public key in PEM is expected here")
                ])
        }
        return own.rawRepresentation.base64EncodedString()
    }
}
