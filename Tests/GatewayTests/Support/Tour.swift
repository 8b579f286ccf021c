import Coordination
import Crypto
import Federation
import Postgres
import TestKit
import Testing
import Wire

@testable import Gateway

/// A walk through every operation of the API on the sample book.
struct Tour {
    let fixture: GatewayFixture
    let manager: RawClient
    let submitter: RawClient
    let keeper: RawClient
    let open: RawClient
    let agent: RawClient

    init(_ fixture: GatewayFixture) async throws {
        self.fixture = fixture
        manager = try await fixture.client(.manager)
        submitter = try await fixture.client(.submitter)
        keeper = try await fixture.client(.operator)
        open = try await fixture.client(nil)
        agent = try fixture.agents(try await fixture.enrol())
    }

    func close() async {
        for client in [manager, submitter, keeper, open, agent] { await client.close() }
    }

    func watchAndChangeTheBook() async throws {
        let document = try Specification.parse(Array(Tour.campaign.utf8))
        let answer = try await submitter.send(
            "POST", "/v1/campaigns", SubmitRequest(key: "tour", campaign: document))
        #expect(answer.status == 201, "\(answer.text)")
        let submitted: SubmitAnswer = try answer.value()
        let again = try await submitter.send(
            "POST", "/v1/campaigns", SubmitRequest(key: "tour", campaign: document))
        #expect(again.status == 200)
        #expect(again.json["isRepeat"] == .bool(true))
        let campaign = submitted.campaign.id
        try await wellDone("POST", "/v1/quotes", submitter, QuoteRequest(campaign: document))
        let tasks: Page<TaskView> = try await submitter.get("/v1/tasks?campaign=\(campaign)&limit=2").value()
        #expect(tasks.items.count == 2)
        let task = try #require(tasks.items.first?.id)
        for path in [
            "/v1/campaigns", "/v1/campaigns/\(campaign)", "/v1/campaigns/\(campaign)/artifacts",
            "/v1/tasks/\(task)",
            "/v1/tasks/\(task)/why", "/v1/tasks/\(task)/metrics",
            "/v1/budgets",
            "/v1/usage?by=site,partner", "/v1/programme", "/v1/sites", "/v1/sites/alpha",
            "/v1/ledger/entries?site=alpha",
            "/v1/ledger/blocks", "/v1/ledger/check", "/v1/ledger/key", "/v1/me",
        ] { try await wellDone("GET", path, submitter) }
        try await wellDone("POST", "/v1/tasks/\(task)/cancel", submitter, [String: String]())
        try await wellDone("POST", "/v1/campaigns/\(campaign)/cancel", submitter, [String: String]())
        try await fixture.coordinator.proposer.tick()
        _ = try await fixture.coordinator.sealer.tick(now: fixture.clock.now)
        try await wellDone("GET", "/v1/ledger/blocks/1/lines", manager)
        try await wellDone(
            "POST", "/v1/grants", manager,
            GrantRequest(budget: "alpha-all", amount: "2.5", reason: "second tranche"))
        try await wellDone(
            "POST", "/v1/transfers", manager,
            TransferRequest(from: "alpha-cuni", to: "alpha-all", amount: "1", reason: "asked for"))
        try await writeOff()
        try await wellDone(
            "POST", "/v1/decisions", manager,
            DecisionRequest(partner: "utu", what: "compute", verdict: "allow", reason: "the board's decision")
        )
        try await wellDone("PUT", "/v1/sites/gamma", manager, try Specification.parse(Array(Tour.site.utf8)))
        try await wellDone("POST", "/v1/sites/gamma/rereads", manager, RereadRequest(from: .distantPast))
        try await wellDone(
            "PUT", "/v1/sites/gamma/retirement", manager, RetirementRequest(reason: "its time is over"))
        try await wellDone(
            "POST", "/v1/sites/gamma/record", manager,
            try Specification.parse(Array(#"{"source": "the last report", "record": []}"#.utf8)))
        try await wellDone("GET", "/v1/sites/gamma", submitter)
    }

    func tendAgents() async throws {
        var document = AgentDocument(
            kind: .hello, instance: "testbook", generation: 1, agent: SampleBook.agent, journal: "j1",
            runRoot: RunRootID("\(SampleBook.agent)-root"), session: "s1", number: 1)
        document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 3)]
        try await wellDone("POST", "/v1/exchange?wait=0", agent, document)
        let chunk = Array("some bytes".utf8)
        let hash = Digest.sha256(chunk)
        try await wellDone("POST", "/v1/depot/missing", agent, MissingChunksRequest(sha256: [hash]))
        let stored = try await agent.send("PUT", "/v1/depot/\(hash)", bytes: chunk)
        #expect(stored.status == 204, "\(stored.text)")
        try await publish(chunk, hash: hash)
        #expect(try await manager.get("/v1/depot/\(hash)").bytes == chunk)
        try await wellDone(
            "POST", "/v1/agent/renewals", agent, RenewalRequest(csr: try AgentRequests.request(.init())))
        try await carryBundle()
        try await wellDone("POST", "/v1/agents/\(SampleBook.agent)/drain", manager, DrainRequest(drain: true))
        try await wellDone("POST", "/v1/agents/\(SampleBook.agent)/revoke", manager, [String: String]())
        try await fixture.sample.pool.execute(
            "UPDATE agent SET quarantined = true WHERE id = \(SampleBook.agent)")
        try await wellDone(
            "POST", "/v1/agents/\(SampleBook.agent)/waive", manager,
            WaiverRequest(reason: "the site was wiped; nothing runs there"))
        try await wellDone("POST", "/v1/agents/\(SampleBook.agent)/move", manager, [String: String]())
    }

    private func carryBundle() async throws {
        let courier = try await TestBundles.enrolled(fixture)
        let file = try courier.file(number: 2, kind: .hello)
        let answer = try await keeper.send("POST", "/v1/bundles?wait=0", bytes: file)
        #expect(answer.status == 200, "\(answer.text)")
    }

    func tendMembers() async throws {
        try await wellDone("GET", "/v1/members", keeper)
        let request = MemberRequest(
            partner: SampleBook.partner, id: "newcomer", name: "A newcomer", roles: [.submitter])
        try await wellDone("POST", "/v1/members", keeper, request)
        try await wellDone("POST", "/v1/members/newcomer/erase", keeper, [String: String]())
        let token: TokenAnswer = try await keeper.send("POST", "/v1/tokens", TokenRequest(label: "tour"))
            .value()
        try await wellDone("DELETE", "/v1/tokens/\(token.token.prefix(14))", keeper)
        try await wellDone("POST", "/v1/login-links", keeper, LoginLinkRequest())
    }

    func lookAfterTheService() async throws {
        for path in ["/v1/version", "/v1/openapi.yaml", "/healthz", "/readyz"] {
            try await wellDone("GET", path, open)
        }
        for path in ["/v1/alarms", "/metrics"] { try await wellDone("GET", path, keeper) }
        try await fixture.sample.pool.execute(
            """
            INSERT INTO alarm (name, words, digest, first_at, last_at)
            VALUES ('test', 'words', sha256('words'), now(), now())
            """)
        let alarms: Page<AlarmView> = try await keeper.get("/v1/alarms").value()
        let id = try #require(alarms.items.first?.id)
        try await wellDone("POST", "/v1/alarms/\(id)/clear", keeper, [String: String]())
    }

    /// Last, because members that the document no longer names may no longer sign in.
    func changeTheProgramme() async throws {
        try await wellDone(
            "PUT", "/v1/programme", manager, try Specification.parse(Array(Tour.programme.utf8)))
        #expect(try await manager.get("/v1/me").status == 401)
    }

    private func wellDone(_ method: String, _ path: String, _ client: RawClient) async throws {
        let answer = try await client.send(method, path)
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.status) \(answer.text)")
    }

    private func wellDone(_ method: String, _ path: String, _ client: RawClient, _ body: some Encodable)
        async throws
    {
        let answer = try await client.send(method, path, body)
        #expect((200..<300).contains(answer.status), "\(method) \(path): \(answer.status) \(answer.text)")
    }

    /// A confirmed attempt of an agent that never comes back, long after anything of it could run.
    private func writeOff() async throws {
        _ = try await fixture.sample.submit(SampleBook.specs(1, prefix: "lost"), key: "lost")
        let key = try #require(
            try await fixture.sample.claim(try await fixture.sample.proposals(limit: 1)).first)
        try await wellDone("GET", "/v1/tasks/\(key.task)/log?wait=0", submitter)
        var lost = SampleAgent()
        lost.journal = "lost"
        _ = try await lost.exchange(fixture.sample, .hello)
        let offers = try await lost.exchange(fixture.sample).offers
        for offer in offers {
            lost.note(.accepted(pack: offer.pack))
            for member in offer.members { lost.list(member, of: offer, .accepted) }
        }
        _ = try await lost.exchange(fixture.sample)
        fixture.clock.advance(seconds: 30 * 86_400)
        try await wellDone(
            "POST", "/v1/write-offs", manager, WriteOffRequest(attempt: key, reason: "the site is closed"))
    }

    /// An artifact of one file whose only chunk is in the depot.
    private func publish(_ chunk: [UInt8], hash: String) async throws {
        let manifest = Manifest(files: [
            Manifest.File(
                path: "file", bytes: Int64(chunk.count), sha256: hash,
                chunks: [.init(sha256: hash, bytes: Int64(chunk.count))])
        ])
        let name = Digest.sha256(try WireJSON.bytes(manifest))
        let text = String(decoding: try WireJSON.bytes(manifest), as: UTF8.self)
        try await fixture.sample.pool.execute(
            """
            INSERT INTO manifest (sha256, bytes, files, document, seen_at)
            VALUES (\(name), \(manifest.bytes), 1, \(text)::text::jsonb, now())
            """)
        try await wellDone("GET", "/v1/artifacts/\(name)/manifest", manager)
    }

    static let campaign = """
        {"name": "tour", "programme": "sample", "activity": "evaluation", "tasks": [
          {"name": "evaluate-{language}", "kind": "evaluation", "matrix": {"language": ["mt", "nb", "cs"]},
           "languages": ["{language}"], "program": "true", "resources": {"cores": 1, "walltime": "10m"}}]}
        """
    static let site = """
        {"site": "gamma", "name": "Gamma", "country": "ES", "unit": "core-hours",
         "partitions": [{"id": "cpu", "nodes": 4, "coresPerNode": 8, "memoryPerNode": "32GiB", "stacks": ["cpu"],
           "maxWalltime": "1d", "source": "test"}],
         "tariffs": [{"partitions": ["cpu"], "from": "2021-01-01", "terms": [{"count": "cores"}], "source": "test"}]}
        """
    static let programme = """
        {"programme": "sample", "name": "Sample", "period": {"from": "2026-01-01", "until": "2028-01-01"},
         "partners": [{"id": "cuni", "name": "Charles University", "country": "CZ", "kind": "university"}],
         "activities": [{"id": "evaluation", "title": "Evaluation", "countsTowardsTrainingCompute": false,
           "source": "test"}],
         "eligibility": [{"everybody": true, "what": ["participate", "compute"], "verdict": "allow",
           "from": "2021-01-01", "source": "test"}]}
        """
}
