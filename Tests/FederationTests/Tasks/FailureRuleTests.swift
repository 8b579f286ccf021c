import Testing

@testable import Federation

/// §10: every class of failure by its own rule, through both sides of the exchange.
@Suite struct FailureRuleTests {
    /// Runs the task's next attempt to that end and books it.
    private func run(
        _ it: inout Consortium, _ pack: String, _ outcome: Outcome, progress: Int64 = 0, host: String = "n1"
    ) throws {
        // A task that backs off is placed when its time has come.
        it.now = max(it.now, it.task(0)?.notBefore ?? it.now)
        let key = try it.claim(pack, [0])[0]
        it.submit(pack)
        _ = it.look(pack, [key: it.member(outcome, progress: progress)], host: host)
        it.exchange()
        it.readRecord(pack, seconds: 60)
        it.settleDown()
    }

    private func words(_ it: Consortium) -> [String] {
        it.effects.compactMap { if case .history(_, let words) = $0 { words } else { nil } }
    }

    @Test("out of memory ends the task, whatever its retries")
    func memoryEnds() throws {
        var it = Consortium()
        it.enter(0, retries: 5)
        try run(&it, "P", .failed(.outOfMemory))
        #expect(it.task(0)?.state == .failed)
        #expect(it.task(0)?.lastFailure == .outOfMemory)
        #expect(words(it).contains { $0.contains("retryOutOfMemory: true") })
    }

    @Test("out of memory is tried again where the task asks for it, and counted")
    func memoryAsked() throws {
        var it = Consortium()
        it.failureRules = FailureRules(retryOutOfMemory: true)
        it.enter(0, retries: 1)
        try run(&it, "P1", .failed(.outOfMemory))
        #expect(it.task(0)?.state == .ready && it.task(0)?.failures == 1)
        try run(&it, "P2", .failed(.outOfMemory))
        #expect(it.task(0)?.state == .failed)
        #expect(
            words(it).contains {
                $0.hasPrefix("outOfMemory: it was killed for memory; not tried again, its 1 retries")
            })
    }

    @Test("preemptions cost nothing while the task comes further, and are bounded when it does not")
    func preempted() throws {
        var it = Consortium()
        it.book.settings.disruptionsAllowed = 2
        it.enter(0, retries: 0)
        for (number, progress) in [(1, 10), (2, 20), (3, 30)] as [(Int, Int64)] {
            try run(&it, "P\(number)", .failed(.preempted), progress: progress)
            #expect(it.task(0)?.state == .ready && it.task(0)?.notBefore == nil)
            #expect(it.task(0)?.disruptions == 0 && it.task(0)?.failures == 0)
        }
        for number in 4...5 { try run(&it, "P\(number)", .failed(.preempted), progress: 30) }
        #expect(it.task(0)?.state == .ready && it.task(0)?.disruptions == 2)
        try run(&it, "P6", .failed(.preempted), progress: 30)
        #expect(it.task(0)?.state == .failed, "a site that always interrupts does not use up a grant")
    }

    @Test("a node that failed twice within a day is avoided, and then forgotten")
    func badNodes() throws {
        var it = Consortium()
        it.enter(0, retries: 0)
        try run(&it, "P1", .failed(.nodeFailure), host: "n2")
        #expect(it.journal.nodesToAvoid(now: it.now) == [])
        try run(&it, "P2", .failed(.nodeFailure), host: "n1")
        try run(&it, "P3", .failed(.nodeFailure), host: "n2")
        try run(&it, "P4", .failed(.nonZeroExit), host: "n1")
        #expect(it.journal.nodesToAvoid(now: it.now) == ["n2"])
        #expect(it.journal.nodesToAvoid(now: it.now.adding(seconds: 86_400)) == [])
    }

    @Test("a site that fails everywhere is not left without nodes")
    func fewNodesAvoided() throws {
        var it = Consortium(units: 1000)
        it.book.settings.disruptionsAllowed = 100
        it.book.settings.maximumBackOffSeconds = 60
        it.enter(0)
        for number in 0..<30 {
            try run(&it, "P\(number)", .failed(.nodeFailure), host: "n\(number % 15)")
        }
        #expect(it.journal.nodesToAvoid(now: it.now).count == AgentJournal.mostNodesAvoided)
    }

    @Test("a job that was held until it was too late ends as held")
    func held() throws {
        var it = Consortium()
        it.enter(0)
        try it.claim("P", [0])
        it.submit("P")
        let reason = "onHold: held by the site (JobHeldAdmin)"
        let waiting = PackEvidence(queued: ["7"], waitingReason: reason, rows: [])
        _ = it.journal.looked(PackID("P"), waiting, now: it.now)
        it.exchange()
        #expect(words(it).contains { $0.contains(reason) }, "people are told at once")
        it.now = it.now.adding(seconds: 15 * 86_400)
        #expect(it.journal.looked(PackID("P"), waiting, now: it.now) == [.cancelJob(PackID("P"))])
        let gone = PackEvidence(queued: [], rows: [])
        #expect(it.journal.looked(PackID("P"), gone, now: it.now) == [.takeMarker(PackID("P"))])
        it.journal.markerTaken(PackID("P"), by: .agent, now: it.now)
        it.settleDown()
        #expect(it.task(0)?.lastFailure == .onHold)
        #expect(it.task(0)?.state == .ready && it.task(0)?.disruptions == 0)
        #expect(it.task(0)?.notBefore == it.now.adding(seconds: 30))
    }

    @Test("a site that finds everything too late is asked ever more seldom, and uses nothing up")
    func tooLate() throws {
        var it = Consortium()
        it.book.settings.disruptionsAllowed = 2
        it.enter(0, retries: 0)
        var waits: [Int64] = []
        for number in 1...9 {
            try run(&it, "P\(number)", .failed(.tooLate))
            #expect(it.task(0)?.state == .ready, "nothing was tried")
            waits.append(it.task(0)?.notBefore?.seconds(since: it.now) ?? 0)
        }
        #expect(waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
        #expect(it.task(0)?.failures == 0 && it.task(0)?.disruptions == 0)
        #expect(
            words(it).contains {
                $0.hasPrefix("tooLate: it was not started in time; tried again, not before")
            })
        let backedOff = it.effects.contains {
            if case .backOff(_, Consortium.agent, _) = $0 { true } else { false }
        }
        #expect(backedOff, "others of its shape go elsewhere meanwhile")
        try run(&it, "P10", .failed(.lost))
        #expect(it.task(0)?.disruptions == 1 && it.task(0)?.unstarted == 0, "its row of late starts is over")
        try run(&it, "P11", .failed(.tooLate))
        #expect(it.task(0)?.notBefore == it.now.adding(seconds: 30))
    }

    @Test("reasons are history once each, and waiting one's turn is one reason")
    func reasons() throws {
        var it = Consortium()
        it.enter(0)
        try it.claim("P", [0])
        it.submit("P")
        let told = [
            "others come first (Priority)", "waits for free nodes (Resources)",
            "others come first (Priority)", "a limit of the account is reached (AssocGrpBillingMinutes)",
            "a limit of the account is reached (AssocGrpBillingMinutes)", "waits for free nodes (Resources)",
        ]
        for reason in told {
            _ = it.journal.looked(
                PackID("P"), PackEvidence(queued: ["7"], waitingReason: reason, rows: []), now: it.now)
            it.exchange()
        }
        let waits = words(it).filter { $0.hasPrefix("waits at lumi: ") }
        #expect(waits.map { String($0.dropFirst(15)) } == [told[0], told[3], told[5]])
        #expect(it.book.attempts.values.first?.waitingReason == told[5], "the newest is shown")
    }
}
