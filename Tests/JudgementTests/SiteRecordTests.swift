import Testing

@testable import Judgement

/// `site_record_wrong`: how Slurm's record is wrong after its daemons were killed, told apart; the charge is then the
/// record's or the lines', and anything else is a mismatch all the same.
@Suite struct SiteRecordTests {
    @Test func aRunawayRowIsChargedByTheLines() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "RUNNING", start: 10, elapsed: 180)]
        seed.attempts[0].charged = 40
        let verdict = try seed.judged()
        #expect(verdict.acquits && verdict.siteRecordWrong.count == 1)
        #expect(verdict.siteRecordWrong.first?.contains("is RUNNING for ever") == true)
        seed.attempts[0].charged = 4000
        #expect(try seed.judged().ledgerMismatch.count == 1)
    }

    @Test func aRunawayRowMayWaitForItsSettlement() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "RUNNING", start: 10, elapsed: 180)]
        seed.attempts[0].state = "ended"
        seed.attempts[0].hold = 400
        seed.attempts[0].charged = 0
        seed.attempts[0].settledAt = nil
        let verdict = try seed.judged()
        #expect(verdict.acquits && verdict.siteRecordWrong.count == 1)
    }

    @Test func aKilledRunThatIsRecordedWithoutTime() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "CANCELLED by 0", start: 10, end: 10)]
        seed.attempts[0].charged = 0
        let verdict = try seed.judged()
        #expect(verdict.acquits)
        #expect(verdict.siteRecordWrong.first?.contains("(CANCELLED) has it at 0 s") == true)
    }

    @Test func aSecondRunThatIsAllTheRecordHas() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "FAILED", start: 40, end: 42)]
        seed.attempts[0].charged = 8
        let verdict = try seed.judged()
        #expect(verdict.acquits)
        #expect(verdict.siteRecordWrong.first?.contains("the record begins at") == true)
    }

    @Test func anEndBeforeTheProgramsOwn() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "NODE_FAIL", start: 10, end: 14)]
        seed.attempts[0].charged = 16
        let verdict = try seed.judged()
        #expect(verdict.acquits)
        #expect(verdict.siteRecordWrong.first?.contains("the record ends at") == true)
    }

    @Test(arguments: [(44, 1), (160, 0)])
    func anEndThatWasToldLateIsBilled(charge: Int64, count: Int) throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", state: "NODE_FAIL", start: 10, end: 50)]
        seed.attempts[0].charged = charge
        let verdict = try seed.judged()
        #expect(verdict.siteRecordWrong.count == 1)
        #expect(verdict.ledgerMismatch.count == count)
    }

    @Test func aJobThatTheRecordNeverGot() throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = []
        let verdict = try seed.judged()
        #expect(verdict.acquits)
        #expect(verdict.siteRecordWrong.first?.contains("no job of this pack is in the record") == true)
        seed.attempts[0].charged = 900
        #expect(try seed.judged().ledgerMismatch.count == 1)
    }

    @Test(arguments: [20, 44, 64])
    func aRunUnderNoName(charge: Int64) throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [
            .init(pack: "p0", state: "REQUEUED", start: 10, end: 21, name: "allocation"),
            .init(pack: "p0", start: 30, end: 35),
        ]
        seed.attempts[0].charged = charge
        let verdict = try seed.judged()
        #expect(verdict.acquits && verdict.siteRecordWrong.count == 1)
        seed.rows["a"]?[1].name = "allocation-other"
        seed.attempts[0].charged = 4000
        #expect(try !seed.judged().acquits)
    }
}
