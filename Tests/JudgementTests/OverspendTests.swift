import Testing

@testable import Judgement

/// `overspent`: no hold that was not covered when it was placed; what costs more than its hold is told apart.
@Suite struct OverspendTests {
    @Test func twoHoldsThatTogetherAreMoreThanWasGrantedAreOne() throws {
        let verdict = try two(granted: 700, second: 15).judged()
        #expect(verdict.overspent.count == 1)
        #expect(verdict.overspent.first?.contains("attempt s-1.1.1 took a hold of 400.000") == true)
        #expect(verdict.overspent.first?.contains("300.000 were available") == true)
    }

    @Test func aHoldAfterTheFirstCameBackIsCovered() throws {
        #expect(try two(granted: 700, second: 30).judged().acquits)
    }

    @Test func aHoldAsTheFirstComesBackIsCovered() throws {
        #expect(try two(granted: 700, second: 24).judged().acquits)
    }

    @Test func anOfferThatCameToNothingHoldsNothing() throws {
        var seed = two(granted: 700, second: 30)
        seed.attempts.append(
            .init(key: "s-1.1.0", state: "expired", pack: "p9", charged: 0, offeredAt: 29))
        #expect(try seed.judged().acquits)
    }

    @Test func nothingIsClaimedWhileABudgetIsOverspent() throws {
        var seed = two(granted: 30, second: 40)
        seed.attempts[0].holdSize = 20
        seed.attempts[1].holdSize = 0
        let verdict = try seed.judged()
        #expect(verdict.overspent.count == 1)
        #expect(verdict.overspent.first?.contains("14.000 were overspent") == true)
        #expect(!verdict.overrun.isEmpty)
    }

    @Test func aCostAboveItsHoldIsToldApart() throws {
        var seed = SeedFixture.good()
        seed.attempts[0].holdSize = 30
        let verdict = try seed.judged()
        #expect(verdict.acquits)
        #expect(verdict.overrun == ["attempt s-0.1.1 cost 44.000 core-seconds, 30.000 were held"])
    }

    @Test func whatWasFoundAtTheSiteMayOverrun() throws {
        var seed = two(granted: 500, second: 15)
        seed.attempts[1].cameUp = true
        #expect(try seed.judged().overspent.isEmpty)
    }

    @Test func aSteppedClockDoesNotMoveAClaimBehindItsJob() throws {
        var seed = two(granted: 700, second: 15)
        seed.attempts[1].offeredAt = 3600
        #expect(try seed.judged().overspent.count == 1)
        seed = two(granted: 700, second: 30)
        seed.attempts[1].offeredAt = -3600
        #expect(try seed.judged().acquits)
    }

    @Test func aBudgetIsWhatItsEntriesSay() throws {
        var seed = SeedFixture.good()
        seed.replaced["hansa/budgets.json"] = """
            [{"id": "all", "unit": "core-hours", "balance": {"granted": "100000000", "overrun": "0",
              "available": "99957000", "held": "0", "spent": "43000", "expired": "0"}}]
            """
        let verdict = try seed.judged()
        #expect(verdict.ledgerMismatch == ["budget all: spent is 43.000, and is counted as 44.000"])
    }

    /// Two attempts of ten seconds, the second one claimed then; each holds 400 core-seconds.
    private func two(granted: Int64, second: Int64) -> SeedFixture {
        var seed = SeedFixture.good()
        seed.granted = granted
        seed.add(task: "two", id: "s-1")
        seed.attempts.append(
            .init(key: "s-1.1.1", pack: "p1", charged: 44, offeredAt: second, settledAt: second + 20))
        seed.rows["a"]?.append(.init(id: 2, pack: "p1", start: second + 5, end: second + 16))
        seed.run("s-1", "s-1.1.1", pid: 200, from: second + 5, to: second + 15)
        return seed
    }
}
