import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct DependencyTests {
    private func states(_ sample: SampleBook) async throws -> [String] {
        try await sample.pool.query("SELECT state FROM task ORDER BY index").map { try $0.decode("state") }
    }

    @Test func childrenFollowTheirParents() async throws {
        try await SampleBook.use { sample in
            var specs = SampleBook.specs(3)
            specs[1].dependsOn = ["evaluate-0"]
            specs[2].dependsOn = ["evaluate-0", "evaluate-1"]
            _ = try await sample.submit(specs, key: "k")
            #expect(try await states(sample) == ["ready", "waiting", "waiting"])
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            for done in 1...3 {
                _ = try await sample.claim(try await sample.proposals())
                #expect(try await agent.run(sample).count == 1)
                let expected = ["completed", "ready", "waiting"]
                let now = try await states(sample)
                if done == 1 { #expect(now == expected) }
            }
            #expect(try await states(sample) == ["completed", "completed", "completed"])
        }
    }

    /// What a crash between a commit and the look at the children leaves behind.
    @Test func theSweeperFindsWhatWasMissed() async throws {
        try await SampleBook.use { sample in
            var specs = SampleBook.specs(4)
            specs[1].dependsOn = ["evaluate-0"]
            specs[2].dependsOn = ["evaluate-1"]
            specs[3].dependsOn = ["evaluate-0"]
            _ = try await sample.submit(specs, key: "k")
            let task = TaskID(submission: try await campaign(sample), index: 0)
            var scope = BookScope()
            scope.tasks = [task]
            let book = BookStore(pool: sample.pool, settings: ExchangeSettings())
            let changed = try await book.change(scope, now: SampleBook.start) { book in
                book.cancel(task: task, now: SampleBook.start)
            }
            #expect(changed.ended == [task])
            #expect(try await states(sample) == ["cancelled", "waiting", "waiting", "waiting"])
            let dependencies = DependencyStore(pool: sample.pool, settings: ExchangeSettings())
            #expect(try await dependencies.sweep(now: SampleBook.start) == false)
            let gone = "dependencyFailed"
            #expect(try await states(sample) == ["cancelled", gone, gone, gone])
            #expect(try await sample.proposals().isEmpty)
        }
    }

    /// Two parents whose ends are committed at the same moment: one of the two looks must see both.
    @Test func twoParentsAtOnceReleaseTheirChildOnce() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            for round in 0..<5 {
                var specs = SampleBook.specs(3, prefix: "r\(round)")
                specs[2].dependsOn = ["r\(round)-0", "r\(round)-1"]
                let entered = try await sample.submit(specs, key: "k\(round)")
                let dependencies = DependencyStore(pool: sample.pool, settings: ExchangeSettings())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<2 {
                        group.addTask {
                            try await sample.pool.execute(
                                """
                                UPDATE task SET state = 'completed', completed_by = 1, ended_at = now()
                                WHERE submission = \(entered.campaign) AND index = \(Int32(index))
                                """)
                            let id = TaskID(submission: SubmissionID(entered.campaign.rawValue), index: index)
                            _ = try await dependencies.follow([id], now: SampleBook.start)
                        }
                    }
                    try await group.waitForAll()
                }
                let rows = try await sample.pool.query(
                    """
                    SELECT count(*) AS n FROM ready r JOIN task t ON t.id = r.task
                    WHERE t.submission = \(entered.campaign) AND t.index = 2
                    """)
                #expect(try rows[0].decode("n", as: Int.self) == 1)
            }
        }
    }

    private func campaign(_ sample: SampleBook) async throws -> SubmissionID {
        try await sample.pool.query("SELECT submission FROM task LIMIT 1")[0].decode("submission")
    }
}
