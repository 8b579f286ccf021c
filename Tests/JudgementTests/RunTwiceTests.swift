import Testing

@testable import Judgement

/// `ran_twice`: one run of an attempt's program for each rank, never two attempts of a task at the same time.
@Suite struct RunTwiceTests {
    @Test func twoProcessesOfOneRankAreTwoRuns() throws {
        var seed = SeedFixture.good()
        seed.run("s-0", "s-0.1.1", pid: 200, from: 20, to: 21)
        let verdict = try seed.judged()
        #expect(verdict.ranTwice.count == 1)
        #expect(verdict.ranTwice.first?.hasPrefix("attempt s-0.1.1 rank 0 ran 2 times") == true)
    }

    @Test func aProcessThatWasKilledBeforeItsFirstLineCounts() throws {
        var seed = SeedFixture.good()
        seed.lines["s-0.1.1,0,a1,200,6000.lines"] = ""
        #expect(try seed.judged().ranTwice.count == 1)
    }

    @Test func ranksAndChildrenAreNoSecondRuns() throws {
        var seed = SeedFixture.good()
        seed.run("s-0", "s-0.1.1", rank: "1", pid: 101, from: 10, to: 20)
        seed.run("s-0", "s-0.1.1", rank: "0.child1", pid: 102, from: 10, to: 21, last: nil)
        #expect(try seed.judged().acquits)
    }

    @Test func attemptsOfATaskMustNotOverlap() throws {
        let verdict = try secondAttempt(from: 19).judged()
        #expect(verdict.ranTwice.count == 1)
        #expect(verdict.ranTwice.first?.contains("attempt s-0.1.1 wrote until") == true)
    }

    @Test func attemptsOneAfterTheOtherAreGood() throws {
        #expect(try secondAttempt(from: 30).judged().acquits)
    }

    @Test func aChildThatWasLeftBehindMakesThemOverlap() throws {
        var seed = secondAttempt(from: 30)
        seed.run("s-0", "s-0.1.1", rank: "0.child1", pid: 102, from: 11, to: 33, last: nil)
        #expect(try seed.judged().ranTwice.count == 1)
    }

    /// A first attempt that was killed after ten seconds, and a second one.
    private func secondAttempt(from: Int64) -> SeedFixture {
        var seed = SeedFixture.good()
        seed.run("s-0", "s-0.1.1", from: 10, to: 21, last: nil)
        seed.run("s-0", "s-0.1.2", pid: 200, from: from, to: from + 10)
        seed.attempts.append(
            .init(key: "s-0.1.2", pack: "p1", charged: 44, offeredAt: from - 3, settledAt: from + 15))
        seed.rows["a"]?.append(.init(id: 2, pack: "p1", start: from, end: from + 11))
        return seed
    }
}
