import Coordination
import Federation
import TestKit
import Testing
import Wire

@testable import Gateway

/// Chunks come in under their hash, or not at all.
@Suite struct DepotTests {
    @Test func onlyWhatHashesToItsNameIsKept() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            let member = try await fixture.client(.auditor)
            let chunk = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let hash = Digest.sha256(chunk)
            let wrong = String(repeating: "0", count: 64)
            let refused = try await agent.send("PUT", "/v1/depot/\(wrong)", bytes: chunk)
            #expect((400..<500).contains(refused.status), "\(refused.text)")
            #expect(try await member.get("/v1/depot/\(wrong)").status == 404)
            for _ in 0..<2 {
                #expect(try await agent.send("PUT", "/v1/depot/\(hash)", bytes: chunk).status == 204)
            }
            #expect(try await member.get("/v1/depot/\(hash)").bytes == chunk)
            let missing: MissingChunksAnswer = try await agent.send(
                "POST", "/v1/depot/missing", MissingChunksRequest(sha256: [hash, wrong])
            ).value()
            #expect(missing.missing == [wrong])
            let malformed = try await agent.send(
                "POST", "/v1/depot/missing", MissingChunksRequest(sha256: ["../../etc/passwd"]))
            #expect(malformed.status == 400)
            let large = [UInt8](repeating: 1, count: (8 << 20) + 1)
            #expect(
                try await agent.send("PUT", "/v1/depot/\(Digest.sha256(large))", bytes: large).status == 413)
            await agent.close()
            await member.close()
        }
    }

    /// A chunk is as visible as the versions that consist of it: to the partner that published one, and to those who
    /// see everything. An agent needs no version of its own.
    @Test func aChunkIsReadByWhoMaySeeItsArtifact() async throws {
        try await GatewayFixture.use { fixture in
            let sample = fixture.sample
            let agent = try fixture.agents(try await fixture.enrol("beta-agent", site: "beta"))
            let own = try await fixture.client(.submitter)
            let other = try fixture.people(
                token: try await fixture.coordinator.createToken(
                    member: "other", label: "t", expires: nil,
                    by: .init(member: "other", partner: "utu", roles: [.submitter])))
            let bytes = Array("scores of one partner".utf8)
            let hash = Digest.sha256(bytes)
            let path = "/v1/depot/\(hash)"
            #expect(try await agent.send("PUT", path, bytes: bytes).status == 204)
            #expect(try await own.get(path).status == 404, "nobody has published it")

            _ = try await sample.submit(SampleBook.specs(1), key: "k")
            let key = try await sample.claim(try await sample.proposals())[0]
            var site = SampleAgent()
            try await site.exchange(sample, .hello)
            let offer = try #require(try await site.exchange(sample).offers.first)
            site.note(.accepted(pack: offer.pack))
            site.list(offer.members[0], of: offer, .accepted)
            try await site.exchange(sample)
            let manifest = Manifest(files: [
                .init(
                    path: "a", bytes: 1, sha256: Digest.sha256([1]),
                    chunks: [.init(sha256: Digest.sha256([1]), bytes: 1)]),
                .init(
                    path: "b", bytes: Int64(bytes.count), sha256: hash,
                    chunks: [.init(sha256: hash, bytes: Int64(bytes.count))]),
            ])
            let artifact = ProducedArtifact(
                name: "scores", sha256: String(repeating: "a", count: 64), manifest: manifest,
                staysAtSite: false)
            site.note(
                .ended(
                    attempt: key,
                    end: AttemptEnd(outcome: .completed, exit: 0, at: SampleBook.start, artifacts: [artifact])
                ))
            site.list(offer.members[0], of: offer, .ended)
            try await site.exchange(sample)

            #expect(try await own.get(path).bytes == bytes)
            #expect(try await other.get(path).status == 404)
            #expect(try await agent.get(path).bytes == bytes)
            for role in [Role.manager, .auditor] {
                let overseer = try await fixture.client(role)
                #expect(try await overseer.get(path).bytes == bytes, "\(role)")
                await overseer.close()
            }
            for client in [agent, own, other] { await client.close() }
        }
    }
}
