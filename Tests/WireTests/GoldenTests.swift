import Federation
import Testing
import Wire

/// Documents as version 1 writes them: an agent or a client of that version must go on being understood.
@Suite struct GoldenTests {
    static let grant = #"{"amount":"1500","budget":"lumi-ufal","reason":"first tranche"}"#
    static let problem =
        #"{"detail":"no task t-9","instance":"r7","status":404,"title":"not found","type":"urn:hansa:problem:notFound"}"#
    static let page = #"{"items":["a","b"],"next":"c"}"#

    @Test func whatIsWrittenStaysAsItIs() throws {
        let grant = GrantRequest(budget: "lumi-ufal", amount: "1500", reason: "first tranche")
        #expect(try text(grant) == Self.grant)
        let problem = Problem(
            type: "urn:hansa:problem:notFound", title: "not found", status: 404, detail: "no task t-9",
            instance: "r7")
        #expect(try text(problem) == Self.problem)
        #expect(try text(Page(items: ["a", "b"], next: "c")) == Self.page)
        #expect(try text(Page(items: ["a"])) == #"{"items":["a"]}"#)
        let task = TaskView(
            id: TaskID(submission: "s1", index: 0), campaign: "s1", campaignName: "tiny", name: "train",
            kind: .training, state: .ready, partner: "ufal", priority: 0,
            submittedAt: Instant(microseconds: 1_790_000_000_000_000))
        #expect(
            try text(task)
                == #"{"attempts":0,"campaign":"s1","campaignName":"tiny","id":"s1-0","kind":"training","#
                + #""languages":[],"links":0,"name":"train","partner":"ufal","priority":0,"state":"ready","#
                + #""submittedAt":1790000000000000}"#)
    }

    @Test func everyRequestComesBackAsItWasSent() throws {
        try same(SubmitRequest(key: "k", campaign: .object(["name": .string("x")])))
        try same(QuoteRequest(campaign: .object([:])))
        try same(EnrolmentRequest(token: "t", csr: "c", runRoot: "r", ed25519: "e"))
        try same(RenewalRequest(csr: "c", agent: "a", signature: "s"))
        try same(RenewalRequest(csr: "c"))
        try same(EnrolmentTokenRequest(agent: "a", site: "s"))
        try same(MissingChunksRequest(sha256: ["00"]))
        try same(TokenRequest(member: "m", label: "l", expires: Instant(seconds: 5)))
        try same(LoginLinkRequest())
        try same(
            MemberRequest(
                partner: "p", id: "m", name: "N", mail: nil, roles: [.submitter, .operator], sites: ["s"]))
        try same(GrantRequest(budget: "b", amount: "1", reason: "r"))
        try same(TransferRequest(from: "a", to: "b", amount: "1", reason: "r"))
        let attempt = try #require(AttemptKey("s-0.1.1"))
        try same(WriteOffRequest(attempt: attempt, reason: "r"))
        try same(DecisionRequest(partner: "p", what: "compute", verdict: "allow", reason: "r"))
        try same(DrainRequest(drain: true))
        try same(WaiverRequest(reason: "r"))
    }

    /// Every key that a request writes is one that it says it knows; otherwise it would refuse itself.
    private func same<Request: WireRequest>(_ request: Request) throws {
        let bytes = try WireJSON.bytes(request)
        let back: Request = try WireJSON.request(from: bytes)
        #expect(back == request)
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.bytes(value), as: UTF8.self)
    }
}
