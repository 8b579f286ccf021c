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

    @Test func whatRefersToNothingIsRefusedWhole() async throws {
        try await SampleBook.use { sample in
            var specs = SampleBook.specs(2)
            specs[1].dependsOn = ["nowhere"]
            await #expect(throws: StoreFault.self) { try await sample.submit(specs, key: "k") }
            specs[0].dependsOn = ["evaluate-1"]
            specs[1].dependsOn = ["evaluate-0"]
            await #expect(throws: StoreFault.self) { try await sample.submit(specs, key: "k") }
            specs[1].dependsOn = []
            specs[1].inputs = [TaskInput(name: "in", artifact: "elsewhere/model")]
            await #expect(throws: StoreFault.self) { try await sample.submit(specs, key: "k") }
            let rows = try await sample.pool.query("SELECT count(*) AS n FROM task")
            #expect(try rows[0].decode("n", as: Int.self) == 0)
        }
    }
}
