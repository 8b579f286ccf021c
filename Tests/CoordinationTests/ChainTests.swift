import Coordination
import Federation
import Store
import TestKit
import Testing

@Suite struct ChainTests {
    /// Exit 85 queues the next link at once, at the agent that has the checkpoint and nowhere else.
    @Test func aChainGoesOnWhereItsCheckpointIs() async throws {
        try await SampleCoordinator.use { sample in
            let document = JSONValue.object([
                "name": .string("train"),
                "tasks": .array([
                    .object([
                        "name": .string("model"), "kind": .string("training"),
                        "activity": .string("evaluation"),
                        "program": .string("true"), "links": .integer(3),
                        "resources": .object(["walltime": .string("1h")]),
                    ])
                ]),
            ])
            let submitted = try await sample.coordinator.submit(
                key: "k", document: document, by: SampleCoordinator.submitter)
            let id = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            for link in 1...2 {
                try await sample.exchange(&agent)
                #expect(try await sample.place() == 1)
                let offer = try await sample.exchange(&agent).offers[0]
                let member = offer.members[0]
                agent.note(.accepted(pack: offer.pack))
                agent.list(member, of: offer, .accepted)
                try await sample.exchange(&agent)
                agent.note(.submitted(pack: offer.pack, job: "job"))
                agent.list(member, of: offer, .started)
                let end = AttemptEnd(
                    outcome: .continues, exit: 85, at: sample.clock.now, progress: Int64(link * 100))
                agent.note(.ended(attempt: member.attempt, end: end))
                agent.note(
                    .settled(
                        attempt: member.attempt,
                        record: SiteRecord(
                            usage: SampleAgent.usage(3600, from: sample.clock.now), isFinal: true,
                            readAt: sample.clock.now)))
                try await sample.exchange(&agent)
                agent.attempts = []
                #expect(member.attempt.fence.counter == Int64(link))
            }
            let detail = try await sample.coordinator.task(id, by: SampleCoordinator.submitter)
            #expect(detail.task.links == 2)
            #expect(detail.task.state == .ready)
            let rows = try await QueueStore(pool: sample.sample.pool, settings: ExchangeSettings())
                .ready(perShape: 5, now: sample.clock.now)
            #expect(rows.map(\.boundTo) == [SampleBook.agent])
            try await sample.coordinator.drain(agent: SampleBook.agent, true, by: SampleCoordinator.manager)
            #expect(try await sample.place() == 0)
            #expect(try await sample.coordinator.checkLedger().faults == [])
        }
    }
}
