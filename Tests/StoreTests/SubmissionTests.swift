import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct SubmissionTests {
    @Test func theSameAgainIsAnsweredWithTheFirstResult() async throws {
        try await SampleBook.use { sample in
            let first = try await sample.submit(SampleBook.specs(5), key: "k", body: #"{"a":1}"#)
            let second = try await sample.submit(SampleBook.specs(5), key: "k", body: #"{"a":1}"#)
            #expect(!first.isRepeat)
            #expect(second.isRepeat)
            #expect(second.campaign == first.campaign)
            #expect(second.tasks == 5)
            #expect(first.campaign.rawValue.utf8.count == 16)
            #expect(try await sample.proposals().count == 5)
            await #expect(throws: StoreFault.otherBody(key: "k")) {
                try await sample.submit(SampleBook.specs(5), key: "k", body: #"{"a":2}"#)
            }
        }
    }

    @Test func twinsAtOnceEnterOnce() async throws {
        try await SampleBook.use(poolSize: 8) { sample in
            let results = try await withThrowingTaskGroup(of: Entered.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await sample.submit(SampleBook.specs(20), key: "twin") }
                }
                return try await group.reduce(into: [Entered]()) { $0.append($1) }
            }
            #expect(results.count { !$0.isRepeat } == 1)
            #expect(Set(results.map(\.campaign)).count == 1)
            #expect(try await sample.proposals().count == 20)
        }
    }

    @Test func manyTasksAreOneShape() async throws {
        try await SampleBook.use { sample in
            _ = try await sample.submit(SampleBook.specs(2500), key: "many")
            let rows = try await sample.pool.query(
                "SELECT (SELECT count(*) FROM shape) AS shapes, (SELECT count(*) FROM ready) AS ready")
            #expect(try rows[0].decode("shapes", as: Int.self) == 1)
            #expect(try rows[0].decode("ready", as: Int.self) == 2500)
        }
    }

    @Test func whatWaitsForNothingIsRefusedWhole() async throws {
        try await SampleBook.use { sample in
            await #expect(throws: StoreFault.self) {
                try await sample.submit(
                    SampleBook.specs(2), key: "k", after: [TaskID(submission: "nobody", index: 0)])
            }
            let rows = try await sample.pool.query("SELECT count(*) AS n FROM task")
            #expect(try rows[0].decode("n", as: Int.self) == 0)
        }
    }

    @Test func waitsForAnEarlierCampaignsTask() async throws {
        try await SampleBook.use { sample in
            let first = try await sample.submit(SampleBook.specs(1), key: "first")
            let parent = TaskID(submission: SubmissionID(first.campaign.rawValue), index: 0)
            _ = try await sample.submit(SampleBook.specs(2), key: "second", after: [parent])
            #expect(try await sample.proposals().count == 1)
            _ = try await sample.claim(try await sample.proposals())
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            try await agent.run(sample)
            #expect(try await sample.proposals().count == 2)
            // One that comes after the end waits for nothing any more.
            _ = try await sample.submit(SampleBook.specs(1), key: "third", after: [parent])
            #expect(try await sample.proposals().count == 3)
        }
    }
}
