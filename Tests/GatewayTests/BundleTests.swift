import Coordination
import Federation
import Postgres
import Seal
import Store
import TestKit
import Testing
import Wire

@testable import Gateway

/// The exchange by bundles: whoever carries may be anybody with the role, who speaks is proven by the signature.
@Suite struct BundleTests {
    private static func reply(_ answer: RawClient.Answer, _ client: RawClient) async throws -> CourierReply {
        #expect(answer.status == 200, "\(answer.text)")
        let file = try #require(try answer.value(BundleAnswer.self).file)
        let bundle = try Bundle(reading: file)
        let pem: LedgerKeyAnswer = try await client.get("/v1/ledger/key").value()
        let key = try Ed25519PublicKey(pem: pem.publicKey)
        try bundle.check(
            instance: "testbook", agent: SampleBook.agent, direction: .reply,
            sha256: { Digest.sha256($0) }, isSigned: { try key.verify($0, of: $1) })
        return try WireJSON.value(from: bundle.content, limits: JSONLimits(bytes: 1 << 24, depth: 64))
    }

    @Test func offersComeConfirmedAndChunksAreAccountedFor() async throws {
        try await GatewayFixture.use(placing: true) { fixture in
            let courier = try await TestBundles.enrolled(fixture)
            let carrier = try await fixture.client(.siteAdmin)
            let chunk = Array("some bytes".utf8)
            let there = Manifest.Chunk(sha256: Digest.sha256(chunk), bytes: 10)
            let absent = Manifest.Chunk(sha256: String(repeating: "a", count: 64), bytes: 1)
            #expect(try await carrier.send("PUT", "/v1/depot/\(there.sha256)", bytes: chunk).status == 204)
            let hello = try courier.file(number: 1, kind: .hello)
            let first = try await BundleTests.reply(
                try await carrier.send("POST", "/v1/bundles?wait=0", bytes: hello), carrier)
            #expect(first.reply.answers == 1 && first.reply.refusal == nil)
            _ = try await fixture.sample.submit(SampleBook.specs(2), key: "k")
            var offers: [Offer] = []
            for number in 2...20 as ClosedRange<Int64> where offers.isEmpty {
                let file = try courier.file(
                    number: number, wants: [there, absent], carries: [there, absent])
                let second = try await BundleTests.reply(
                    try await carrier.send("POST", "/v1/bundles?wait=2", bytes: file), carrier)
                #expect(second.has == [there.sha256] && second.absent == [absent.sha256])
                offers = second.reply.offers
                #expect(second.reply.confirmed == offers.map(\.pack))
            }
            #expect(!offers.isEmpty)
            // A courier is on its way for longer than a poll.
            #expect(offers.allSatisfy { $0.openSeconds == ExchangeSettings().courierOfferSeconds })
            let open = try await fixture.sample.pool.query(
                """
                SELECT extract(epoch FROM offer_expires - offered_at)::bigint AS seconds FROM attempt
                WHERE agent = \(SampleBook.agent)
                """)
            #expect(try open.first?.decode("seconds", as: Int64.self) == 21_600)
            await carrier.close()
        }
    }

    @Test func theSameBundleIsAnsweredTheSameOrAsOlder() async throws {
        try await GatewayFixture.use { fixture in
            let courier = try await TestBundles.enrolled(fixture)
            let carrier = try await fixture.client(.operator)
            let hello = try courier.file(number: 1, kind: .hello)
            #expect(try await carrier.send("POST", "/v1/bundles?wait=0", bytes: hello).status == 200)
            let file = try courier.file(number: 2)
            let key = [("Idempotency-Key", "bundle-\(Digest.sha256(file))")]
            let one = try await carrier.send("POST", "/v1/bundles?wait=0", bytes: file, headers: key)
            let two = try await carrier.send("POST", "/v1/bundles?wait=0", bytes: file, headers: key)
            #expect(one.status == 200 && one.bytes == two.bytes)
            let late = try await BundleTests.reply(
                try await carrier.send("POST", "/v1/bundles?wait=0", bytes: file), carrier)
            #expect(late.reply.older && !late.reply.reconciled && late.reply.offers.isEmpty)
            // Overtaken: the third comes before the fourth was seen, and counts as old after it.
            let fourth = try courier.file(number: 4)
            #expect(try await carrier.send("POST", "/v1/bundles?wait=0", bytes: fourth).status == 200)
            let third = try await BundleTests.reply(
                try await carrier.send(
                    "POST", "/v1/bundles?wait=0", bytes: try courier.file(number: 3)), carrier)
            #expect(third.reply.older && third.reply.lastDocument == 4)
            await carrier.close()
        }
    }

    @Test func whatIsNotTheAgentsWordIsNotTaken() async throws {
        try await GatewayFixture.use { fixture in
            let courier = try await TestBundles.enrolled(fixture)
            let carrier = try await fixture.client(.operator)
            let good = try courier.file(number: 1, kind: .hello)
            var content = good
            content[content.count - 10] ^= 1
            var header = good
            // The last digits of the content's hash.
            header[try #require(good.dropFirst(Bundle.format.utf8.count + 1).firstIndex(of: 0x0A)) - 9] ^= 1
            let bad: [(name: String, file: [UInt8])] = [
                ("a tampered content", content), ("a tampered header", header),
                ("cut short", Array(good.dropLast(40))), ("longer", good + [0x20]), ("empty", []),
                ("another key", try courier.file(number: 1, key: try Ed25519Key.generate())),
                ("another instance", try courier.file(number: 1, instance: "elsewhere")),
                ("a reply", try courier.file(number: 1, direction: .reply)),
                ("another number", try courier.file(number: 1, headerNumber: 9)),
                (
                    "a huge header",
                    Array("\(Bundle.format)\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 20)
                ),
                ("another format", Array("hansa-bundle 2\n{}\n".utf8)),
            ]
            for (name, file) in bad {
                let answer = try await carrier.send("POST", "/v1/bundles?wait=0", bytes: file)
                #expect(answer.status == 400, "\(name): \(answer.status) \(answer.text)")
                #expect(answer.detail.contains("the bundle is not taken"), "\(name): \(answer.detail)")
            }
            let unknown = try courier.file(number: 1, agent: "nobody")
            #expect(try await carrier.send("POST", "/v1/bundles?wait=0", bytes: unknown).status == 404)
            let huge = [UInt8](repeating: 0x20, count: Bundle.maximumBytes + 1)
            #expect(try await carrier.send("POST", "/v1/bundles?wait=0", bytes: huge).status == 413)
            let seen = try await fixture.sample.pool.query(
                "SELECT 1 FROM journal WHERE agent = \(SampleBook.agent)")
            #expect(seen.isEmpty, "none of these was heard")
            #expect(try await carrier.send("POST", "/v1/bundles?wait=0", bytes: good).status == 200)
            await carrier.close()
        }
    }

    @Test func onlyThoseWhoTendTheSiteCarry() async throws {
        try await GatewayFixture.use { fixture in
            let courier = try await TestBundles.enrolled(fixture)
            let file = try courier.file(number: 1, kind: .hello)
            try await MemberStore(pool: fixture.sample.pool).put(
                MemberView(
                    id: "elsewhere", partner: SampleBook.partner, roles: [.siteAdmin], sites: ["beta"],
                    name: nil, mail: nil, active: true), now: fixture.clock.now)
            let token = try await fixture.coordinator.createToken(
                member: "elsewhere", label: "t", expires: nil,
                by: .init(member: "elsewhere", partner: SampleBook.partner, roles: [.siteAdmin]))
            let other = try fixture.people(token: token)
            #expect(try await other.send("POST", "/v1/bundles?wait=0", bytes: file).status == 403)
            await other.close()
            let submitter = try await fixture.client(.submitter)
            #expect(try await submitter.send("POST", "/v1/bundles?wait=0", bytes: file).status == 403)
            await submitter.close()
        }
    }
}
