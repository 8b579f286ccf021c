import Federation
import Testing
import Wire

/// The site exchange across versions.
@Suite struct ExchangeGoldenTests {
    static let document = """
        {"agent":"lumi-1","attempts":[],"capacity":[{"freeJobs":200,"partition":"small-g"}],"events":[\
        {"event":{"accepted":{"pack":"p1"}},"number":1},\
        {"event":{"teleported":{"pack":"p1","where":"elsewhere"}},"number":2},\
        {"event":{"submitted":{"job":"4711","pack":"p1"}},"number":3}],\
        "generation":1790000000,"history":[],"instance":"i1","isFull":false,"isSnapshot":false,"journal":"j1",\
        "kind":"exchange","lastEvent":3,"lastReply":6,"mode":"serve","number":7,"program":"0.1.0","runRoot":"r1",\
        "session":"s1","version":1}
        """

    @Test func aDocumentOfVersionOneIsUnderstood() throws {
        let document = try WireJSON.value(
            AgentDocument.self, from: Array(Self.document.utf8), limits: .exchange)
        #expect(document.agent == "lumi-1")
        #expect(document.events.count == 3)
        #expect(document.events[0].event == .accepted(pack: "p1"))
        #expect(document.events[2].event == .submitted(pack: "p1", job: "4711"))
    }

    @Test func anEventOfAnUnknownKindIsKeptWhole() throws {
        let document = try WireJSON.value(AgentDocument.self, from: Array(Self.document.utf8))
        let body: JSONValue = .object([
            "teleported": .object(["pack": .string("p1"), "where": .string("elsewhere")])
        ])
        #expect(document.events[1].event == .unknown(kind: "teleported", body: body))
    }

    @Test func whatANewerAgentAddsIsPassedOver() throws {
        let newer = Self.document.replacing("\"agent\":", with: "\"aura\":{\"colour\":\"blue\"},\"agent\":")
        let document = try WireJSON.value(AgentDocument.self, from: Array(newer.utf8))
        #expect(document.number == 7)
    }

    @Test func writtenTwiceItIsTheSameBytes() throws {
        let document = try WireJSON.value(AgentDocument.self, from: Array(Self.document.utf8))
        let again = try WireJSON.value(AgentDocument.self, from: try WireJSON.bytes(document))
        #expect(again == document)
        #expect(try WireJSON.bytes(again) == WireJSON.bytes(document))
    }

    @Test func amountsNeverLoseADigit() throws {
        let attempt = try #require(AttemptKey("s-0.1.1"))
        let largest = Amount(thousandths: Int64.max)
        let listed = ListedAttempt(
            attempt: attempt, pack: "p", state: .confirmed,
            offered: .init(
                budget: "b", hold: largest, partition: "small", mustStartBy: Instant(seconds: 1),
                walltimeSeconds: 60, graceSeconds: 5))
        let bytes = try WireJSON.bytes(listed)
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"hold\":\"9223372036854775807\""))
        #expect(try WireJSON.value(ListedAttempt.self, from: bytes) == listed)
    }
}
