import Testing

@testable import Judgement

/// `ledger_mismatch`: tariff × Slurm's record, all runs, to the thousandth.
@Suite struct ChargeTests {
    @Test(arguments: [43, 45, 0])
    func aChargeThatIsNotTheRecordsIsWrong(charge: Int64) throws {
        var seed = SeedFixture.good()
        seed.attempts[0].charged = charge
        let verdict = try seed.judged()
        #expect(verdict.ledgerMismatch.count == 1)
        #expect(verdict.ledgerMismatch.first?.contains("charged \(charge).000 core-seconds") == true)
        #expect(verdict.ledgerMismatch.first?.contains("Slurm's record comes to 44.000") == true)
    }

    @Test func whatAnAttemptSaysIsWhatItsEntriesSay() throws {
        var seed = SeedFixture.good()
        seed.attempts[0].entry = 44
        seed.attempts[0].charged = 40
        #expect(try seed.judged().ledgerMismatch.count == 1)
    }

    @Test(arguments: [(44, 1), (60, 0)])
    func everyRunOfAJobThatWasPutBackCounts(charge: Int64, count: Int) throws {
        var seed = SeedFixture.good()
        seed.rows["a"]?.append(.init(pack: "p0", state: "FAILED", start: 35, end: 39))
        seed.attempts[0].charged = charge
        #expect(try seed.judged().ledgerMismatch.count == count)
    }

    @Test(arguments: [(64, 1), (44, 0)])
    func suspendedTimeIsNotCharged(charge: Int64, count: Int) throws {
        var seed = SeedFixture.good()
        seed.rows["a"] = [.init(pack: "p0", start: 10, end: 26, suspended: 5)]
        seed.run("s-0", "s-0.1.1", from: 10, to: 25)
        seed.attempts[0].charged = charge
        #expect(try seed.judged().ledgerMismatch.count == count)
    }

    @Test(arguments: [(44, 1), (176, 0)])
    func wholeNodesAreCharged(charge: Int64, count: Int) throws {
        var seed = SeedFixture.good()
        seed.attempts[0].site = "b"
        seed.attempts[0].charged = charge
        seed.rows["b"] = [.init(pack: "p0", start: 10, end: 21, cpus: 16, nodes: 2)]
        seed.rows["a"] = []
        #expect(try seed.judged().ledgerMismatch.count == count)
    }

    @Test(arguments: [(44, 1), (43, 0)])
    func aPacksMembersTogetherAreChargedTheirJob(second: Int64, count: Int) throws {
        var seed = SeedFixture.good()
        seed.add(task: "two", id: "s-1")
        seed.rows["a"] = [.init(pack: "p0", start: 10, end: 31)]
        seed.attempts[0].charged = 41
        seed.attempts.append(
            .init(key: "s-1.1.1", pack: "p0", charged: second, offeredAt: 5, settledAt: 40))
        seed.run("s-1", "s-1.1.1", pid: 200, from: 21, to: 30)
        #expect(try seed.judged().ledgerMismatch.count == count)
    }

    @Test func whatIsNotSettledIsNotCharged() throws {
        var seed = SeedFixture.good()
        seed.attempts[0].state = "ended"
        seed.attempts[0].hold = 400
        seed.attempts[0].charged = 0
        seed.attempts[0].settledAt = nil
        let verdict = try seed.judged()
        #expect(verdict.ledgerMismatch.count == 1)
        #expect(verdict.ledgerMismatch.first?.contains("s-0.1.1 is ended, not settled") == true)
    }

    @Test func nothingRunsThatTheBookDoesNotKnow() throws {
        var seed = SeedFixture.good()
        seed.run("s-9", "s-9.1.1", pid: 300, from: 40, to: 50)
        seed.rows["a"]?.append(.init(id: 9, pack: "p9", start: 40, end: 51))
        let verdict = try seed.judged()
        #expect(verdict.ledgerMismatch.count == 2)
        seed.rows["a"]?.removeLast()
        #expect(try seed.judged().ledgerMismatch.count == 1)
    }
}
