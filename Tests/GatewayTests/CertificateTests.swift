import Crypto
import Federation
import NIOSSL
import Seal
import TestKit
import Testing
import Wire
import X509

@testable import Gateway

/// Agents are who their certificate says, as long as the book agrees.
@Suite struct CertificateTests {
    @Test func anEnrolledAgentSpeaksForItselfOnly() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            #expect(try await agent.send("POST", "/v1/exchange?wait=0", hello()).status == 200)
            let other = try await agent.send("POST", "/v1/exchange?wait=0", hello(agent: "beta-agent"))
            #expect(other.status == 403)
            #expect(other.detail.contains("beta-agent's"))
            await agent.close()
        }
    }

    @Test func anEnrolmentTokenIsGoodOnce() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let token: EnrolmentTokenAnswer = try await manager.send(
                "POST", "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: "alpha-agent", site: "alpha")
            ).value()
            #expect(token.fingerprint == (try fixture.authority.fingerprint))
            let open = try await fixture.client(nil)
            let request = EnrolmentRequest(
                token: token.token, csr: try AgentRequests.request(.init()), runRoot: "alpha-agent-root",
                ed25519: try Ed25519Key.generate().publicKey.pem())
            var bad = request
            bad.csr = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"
            #expect(try await open.send("POST", "/v1/enrolments", bad).status == 400)
            bad = request
            bad.ed25519 = "no key"
            #expect(try await open.send("POST", "/v1/enrolments", bad).status == 400)
            bad = request
            bad.token = "unknown"
            #expect([403, 404, 410].contains(try await open.send("POST", "/v1/enrolments", bad).status))
            // None of those used the token up.
            #expect(try await open.send("POST", "/v1/enrolments", request).status == 201)
            #expect(try await open.send("POST", "/v1/enrolments", request).status == 410)
            await manager.close()
            await open.close()
        }
    }

    @Test func foreignAuthoritiesAndServerCertificatesAreRefused() async throws {
        try await GatewayFixture.use { fixture in
            let key = P256.Signing.PrivateKey()
            let csr = try AgentRequests.request(key)
            let foreign = try Authority(name: "foreign", key: .init(.init()))
            let stranger = try foreign.issue(request: csr, agent: "alpha-agent", days: 3650).pem
            let server = try fixture.authority.issueServer(
                .init(key.publicKey), names: ["localhost"], days: 30
            ).pem
            let identities = [stranger, server].map {
                RawClient.Identity(chainPEM: $0, keyPEM: key.pemRepresentation)
            }
            for identity in identities {
                let client = try fixture.agents(identity)
                await #expect(throws: (any Error).self) { try await client.get("/v1/version") }
                await client.close()
            }
            let nobody = try fixture.agents(nil)
            await #expect(throws: (any Error).self) { try await nobody.get("/v1/version") }
            await nobody.close()
            // Of our authority, but never enrolled: the handshake lets it in, the book does not.
            let unknown = try fixture.authority.issue(request: csr, agent: "alpha-agent", days: 3650).pem
            let client = try fixture.agents(.init(chainPEM: unknown, keyPEM: key.pemRepresentation))
            #expect(try await client.send("POST", "/v1/exchange?wait=0", hello()).status == 403)
            await client.close()
        }
    }

    @Test func revocationActsOnTheNextRequestOfAnOpenConnection() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            #expect(try await agent.send("POST", "/v1/exchange?wait=0", hello()).status == 200)
            let manager = try await fixture.client(.manager)
            #expect(try await manager.send("POST", "/v1/agents/alpha-agent/revoke", text: "{}").status == 200)
            let answer = try await agent.send("POST", "/v1/exchange?wait=0", hello(number: 2))
            #expect(answer.status == 403)
            #expect(answer.detail.contains("revoked"))
            await agent.close()
            await manager.close()
        }
    }

    @Test func anExpiredCertificateIsRefusedAndRenewedByTheAgentsOwnKey() async throws {
        try await GatewayFixture.use { fixture in
            let key = P256.Signing.PrivateKey()
            let seal = try Ed25519Key.generate()
            let manager = try await fixture.client(.manager)
            let token: EnrolmentTokenAnswer = try await manager.send(
                "POST", "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: "alpha-agent", site: "alpha")
            ).value()
            let open = try await fixture.client(nil)
            let enrolled: EnrolmentAnswer = try await open.send(
                "POST", "/v1/enrolments",
                EnrolmentRequest(
                    token: token.token, csr: try AgentRequests.request(key), runRoot: "alpha-agent-root",
                    ed25519: try seal.publicKey.pem())
            ).value()
            let agent = try fixture.agents(
                .init(chainPEM: enrolled.certificates, keyPEM: key.pemRepresentation))
            #expect(try await agent.send("POST", "/v1/exchange?wait=0", hello()).status == 200)
            fixture.clock.advance(seconds: 20 * 365 * 86_400)
            let expired = try await agent.send("POST", "/v1/exchange?wait=0", hello(number: 2))
            #expect(expired.status == 401)
            #expect(expired.problem == "certificateExpired")
            let csr = try AgentRequests.request(.init())
            let signature = Base64.text(try seal.sign(Array(csr.utf8)))
            for wrong in [
                RenewalRequest(csr: csr), RenewalRequest(csr: csr, agent: "alpha-agent", signature: "AAAA"),
                RenewalRequest(csr: csr, agent: "beta-agent", signature: signature),
                RenewalRequest(
                    csr: try AgentRequests.request(.init()), agent: "alpha-agent", signature: signature),
            ] { #expect(try await open.send("POST", "/v1/agent/renewals", wrong).status == 403) }
            let renewed = try await open.send(
                "POST", "/v1/agent/renewals",
                RenewalRequest(csr: csr, agent: "alpha-agent", signature: signature))
            #expect(renewed.status == 200, "\(renewed.text)")
            for client in [manager, open, agent] { await client.close() }
        }
    }

    /// A resumed TLS session shows the certificate of the one it resumes, even to who has no key: only asking the book
    /// at every request helps.
    @Test func aSessionTicketOutlivesNoRevocation() async throws {
        try await GatewayFixture.use { fixture in
            let identity = try await fixture.enrol()
            let files = try TemporaryFiles([
                "ca": try fixture.authority.certificatePEM, "chain": identity.chainPEM,
                "key": identity.keyPEM,
            ])
            defer { files.remove() }
            let request =
                "GET /v1/depot/\(String(repeating: "0", count: 64)) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let port = fixture.ports.agents
            let common = [
                "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", files["ca"], "-tls1_2", "-ign_eof",
            ]
            let first = try await Program.run(
                "/usr/bin/openssl",
                common + ["-cert", files["chain"], "-key", files["key"], "-sess_out", files["session"]],
                input: request)
            #expect(first.output.contains("HTTP/1.1 404"), "\(first.output.suffix(400))")
            let resumed = try await Program.run(
                "/usr/bin/openssl", common + ["-sess_in", files["session"]], input: request)
            // Without certificate or key, and still taken for the agent: the trap is real.
            #expect(resumed.output.contains("Reused"), "\(resumed.output.suffix(400))")
            #expect(resumed.output.contains("HTTP/1.1 404"), "\(resumed.output.suffix(400))")
            let manager = try await fixture.client(.manager)
            #expect(try await manager.send("POST", "/v1/agents/alpha-agent/revoke", text: "{}").status == 200)
            await manager.close()
            let after = try await Program.run(
                "/usr/bin/openssl", common + ["-sess_in", files["session"]], input: request)
            #expect(after.output.contains("HTTP/1.1 403"), "\(after.output.suffix(400))")
        }
    }

    private func hello(agent: AgentID = "alpha-agent", number: Int64 = 1) -> AgentDocument {
        AgentDocument(
            kind: .hello, instance: "testbook", generation: 1, agent: agent, journal: "j1",
            runRoot: "alpha-agent-root", session: SessionID("s\(number)"), number: number)
    }
}
