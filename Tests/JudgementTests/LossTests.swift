import Testing

@testable import Judgement

/// `lost`: every task ends, as it had to, and what is completed did run to its end.
@Suite struct LossTests {
    @Test func aGoodSeedIsAcquitted() throws {
        let verdict = try SeedFixture.good().judged()
        #expect(verdict.acquits)
        #expect(verdict.siteRecordWrong.isEmpty && verdict.overrun.isEmpty && verdict.explained.isEmpty)
        #expect(verdict.seed == 7 && verdict.runs == 2 && verdict.landed == 1)
        #expect(verdict.byFault["job-hold"] == FaultCount(runs: 1, landed: 0))
    }

    @Test func aTaskThatNeverEndsIsLost() throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1", state: "ready")
        let verdict = try seed.judged()
        #expect(verdict.lost.count == 1)
        #expect(verdict.lost.first?.contains("task two of key k1, s-1, is ready 130 s after") == true)
    }

    @Test func aTaskThatTheBookDoesNotKnowIsLost() throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1")
        seed.replaced["hansa/tasks.json"] = #"[{"id": "s-0", "name": "one", "state": "completed"}]"#
        let verdict = try seed.judged()
        #expect(verdict.lost == ["task two of key k1 is not in the book"])
    }

    @Test func aTaskThatIsSeenRunningIsExplained() throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1", state: "running")
        seed.run("s-1", "s-1.1.1", from: 100, to: 188, last: nil)
        seed.attempts.append(
            .init(key: "s-1.1.1", state: "started", pack: "p1", hold: 400, charged: 0, offeredAt: 90))
        seed.rows["a"]?.append(.init(id: 2, pack: "p1", state: "RUNNING", start: 100, elapsed: 80))
        let verdict = try seed.judged()
        #expect(verdict.acquits && verdict.explained.count == 1 && verdict.siteRecordWrong.isEmpty)
    }

    @Test(arguments: [("failed", false, 1), ("failed", true, 0), ("cancelled", true, 0)])
    func aBadEndCountsWhereItMayNotBe(state: String, mayFail: Bool, count: Int) throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1", state: state, mayFail: mayFail)
        #expect(try seed.judged().lost.count == count)
    }

    @Test func whatIsCompletedWithoutHavingRunIsLost() throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1")
        let verdict = try seed.judged()
        #expect(verdict.lost.count == 1 && verdict.lost.first?.contains("nothing of it ever ran") == true)
    }

    @Test func everyRankHasToEndWell() throws {
        var seed = SeedFixture()
        seed.add(task: "one", id: "s-0", ranks: 2)
        seed.attempts = SeedFixture.good().attempts
        seed.rows = SeedFixture.good().rows
        seed.run("s-0", "s-0.1.1", rank: "0", pid: 100, from: 10, to: 20)
        seed.run("s-0", "s-0.1.1", rank: "1", pid: 101, from: 10, to: 20, last: nil)
        #expect(try seed.judged().lost.first?.contains("1 of 2 ranks") == true)
        seed.run("s-0", "s-0.1.1", rank: "1", pid: 101, from: 10, to: 20)
        #expect(try seed.judged().acquits)
    }
}
