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
