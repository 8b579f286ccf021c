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
            let member = try await fixture.client(.submitter)
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
}
