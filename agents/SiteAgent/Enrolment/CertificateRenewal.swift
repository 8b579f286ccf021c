import APIClient
import Federation
import FoundationEssentials
import SwiftASN1
import Wire
import X509

/// Renews the agent's certificate at half of its life; after it has expired, by the Ed25519 key.
struct CertificateRenewal {
    let folder: AgentFolder
    let identity: AgentIdentity

    /// Where the certificate stands in its life.
    enum Standing: Equatable {
        case fresh
        case due
        case expired
    }

    func standing(at now: Date = Date()) throws -> Standing {
        let chain = try folder.text(folder.certificatePath)
        // A chain: the leaf is the first.
        let marker = "-----END CERTIFICATE-----"
        guard let end = chain.firstRange(of: marker) else {
            throw UnreadableFile(path: folder.certificatePath, reason: "no certificate in it")
        }
        let leaf = try Certificate(pemEncoded: String(chain[..<end.upperBound]) + "\n")
        if now >= leaf.notValidAfter { return .expired }
        let life = leaf.notValidAfter.timeIntervalSince(leaf.notValidBefore)
        return now >= leaf.notValidBefore.addingTimeInterval(life / 2) ? .due : .fresh
    }

    /// Asks for the next certificate with that client; without a valid certificate, signed by the Ed25519 key.
    func renew(_ client: CoordinatorClient, signed: Bool) async throws {
        let keys = try AgentKeys.read(folder)
        let csr = try keys.request(name: identity.agent.rawValue)
        var request = RenewalRequest(csr: csr)
        if signed {
            request.agent = identity.agent
            request.signature = try keys.sign(Array(csr.utf8))
        }
        let answer: RenewalAnswer = try await client.post("/v1/agent/renewals", request)
        try DurableFile.write(Array(answer.authority.utf8), to: folder.authorityPath)
        try DurableFile.write(Array(answer.certificates.utf8), to: folder.certificatePath)
    }
}
