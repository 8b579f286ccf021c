import Federation
import TestKit
import Testing
import Wire

@testable import Gateway

/// Long polls end when somebody has a reason, and never outlive who asked.
@Suite struct PollTests {
    @Test func aClientThatLeavesEndsItsPoll() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            let watcher = try await fixture.client(.operator)
            _ = try await agent.send("POST", "/v1/exchange?wait=0", PollTests.document(.hello, 1))
            let poll = Task {
                try await agent.send("POST", "/v1/exchange?wait=60", PollTests.document(.exchange, 2))
            }
            try await open(1, watcher)
            poll.cancel()
            _ = await poll.result
            try await open(0, watcher)
            await agent.close()
            await watcher.close()
        }
    }

    @Test func shuttingDownEndsParkedPollsQuickly() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            let watcher = try await fixture.client(.operator)
            _ = try await agent.send("POST", "/v1/exchange?wait=0", PollTests.document(.hello, 1))
            let poll = Task {
                try? await agent.send("POST", "/v1/exchange?wait=60", PollTests.document(.exchange, 2))
            }
            try await open(1, watcher)
            await watcher.close()
            let start = ContinuousClock.now
            try await fixture.end()
            #expect(ContinuousClock.now - start < .seconds(10))
            // It was answered, with what there was to say or with 503; nobody is left hanging.
            _ = await poll.value
            #expect(ContinuousClock.now - start < .seconds(12))
            await agent.close()
        }
    }

    @Test func aNoticeIsShownAndAlarmedAndBooksNothing() async throws {
        try await GatewayFixture.use { fixture in
            let agent = try fixture.agents(try await fixture.enrol())
            let watcher = try await fixture.client(.operator)
            _ = try await agent.send("POST", "/v1/exchange?wait=0", PollTests.document(.hello, 1))
            var notice = PollTests.document(.notice, 0)
            notice.trouble = "/var/journal is full"
            notice.capacity[0].remark = "it has no room for its journal"
            for _ in 0..<2 {
                let reply = try await agent.send("POST", "/v1/exchange?wait=0", notice)
                #expect(reply.status == 200, "\(reply.text)")
            }
            let sites = try await watcher.get("/v1/sites").text
            #expect(sites.contains("it has no room for its journal"))
            #expect(!sites.contains("/var/journal"), "paths are for those who tend the site")
            let alarms = try await watcher.get("/v1/alarms").text
            #expect(alarms.contains("agentTrouble") && alarms.contains("/var/journal is full"))
            #expect(
                alarms.contains("\"count\":\"1\"") || alarms.contains("\"count\":1"),
                "told twice, raised once: \(alarms)")
            // The journal's numbers go on as if nothing had been said.
            let next = try await agent.send("POST", "/v1/exchange?wait=0", PollTests.document(.exchange, 2))
            #expect(next.status == 200 && next.text.contains("\"reconciled\":true"), "\(next.text)")
            await agent.close()
            await watcher.close()
        }
    }

    /// Waits until so many polls are open, by the gateway's own metrics.
    private func open(_ count: Int, _ watcher: RawClient) async throws {
        for _ in 0..<200 {
            let metrics = try await watcher.get("/metrics").text
            if metrics.contains("hansa_polls_open \(count)\n") { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("never \(count) polls open")
    }

    static func document(_ kind: AgentDocument.Kind, _ number: Int64) -> AgentDocument {
        var document = AgentDocument(
            kind: kind, instance: "testbook", generation: 1, agent: SampleBook.agent, journal: "j1",
            runRoot: RunRootID("\(SampleBook.agent)-root"), session: "s1", number: number)
        document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 0)]
        return document
    }
}
