import Federation
import Testing

/// What the coordinator does with what it is told.
@Suite struct CoordinatorRulesTests {
    @Test("a decline burns the fence, gives the hold back and backs that shape off at that agent")
    func decline() throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        let key = try it.claim("P", [0])[0]
        it.exchange(declining: "no room")
        it.exchange()
        #expect(it.book.attempts[key]?.state == .declined)
        #expect(it.account?.held == .zero)
        #expect(it.task(0)?.state == .ready)
        #expect(it.effects.contains(.backOff(key, Consortium.agent, until: it.now.adding(seconds: 30))))
        #expect(try it.claim("Q", [0])[0].fence.counter == 2)
    }

    @Test("an offer expires, and an acceptance that comes later counts for nothing")
    func expiry() throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        let key = try it.claim("P", [0])[0]
        it.exchange()
        it.now = it.now.adding(seconds: 181)
        it.book.sweep(now: it.now)
        #expect(it.book.attempts[key]?.state == .expired)
        let reply = it.exchange()
        #expect(it.book.attempts[key]?.state == .expired)
        #expect(reply.cancel == [key])
    }

    @Test("a claim changes nothing when one of its members cannot be")
    func refusals() throws {
        var it = Consortium(units: 3)
        it.enter(0)
        it.enter(1)
        #expect(throws: ClaimRefusal.budget(Consortium.task(1), Consortium.budget)) {
            try it.claim("P", [0, 1])
        }
        #expect(it.account?.available == Amount(units: 3))
        #expect(it.task(0)?.state == .ready)
        try it.claim("P", [0])
        #expect(throws: ClaimRefusal.packTaken(PackID("P"))) { try it.claim("P", [1], hold: .zero) }
        #expect(throws: ClaimRefusal.notReady(Consortium.task(0))) { try it.claim("Q", [0]) }
        it.book.quarantine = [Consortium.agent]
        #expect(throws: ClaimRefusal.quarantine) { try it.claim("Q", [1], hold: .zero) }
    }

    @Test("exit 85 brings the next link, bound to its site, until links or progress run out")
    func chain() throws {
        var it = Consortium()
        it.enter(0, links: 5)
        for (link, progress) in [(1, 10), (2, 20)] as [(Int, Int64)] {
            let key = try it.claim("P\(link)", [0])[0]
            it.submit("P\(link)")
            _ = it.look("P\(link)", [key: it.member(.continues, progress: progress)])
            it.exchange()
            #expect(it.task(0)?.state == .ready)
            #expect(it.task(0)?.links == link)
            #expect(it.task(0)?.boundTo == Consortium.agent)
        }
        for link in 3...4 {
            let key = try it.claim("P\(link)", [0])[0]
            it.submit("P\(link)")
            _ = it.look("P\(link)", [key: it.member(.continues, progress: 20)])
            it.exchange()
        }
        #expect(it.task(0)?.state == .failed, "two links without progress end the chain")
        #expect(it.task(0)?.lastFailure == .stalled)
    }

    @Test(
        "each class of failure has its own rule",
        arguments: FailureClass.allCases)
    func retries(_ failure: FailureClass) throws {
        var it = Consortium()
        it.enter(0, retries: 0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        _ = it.look("P", [key: it.member(.failed(failure))])
        it.exchange()
        let task = it.task(0)
        switch RetryRule.of(failure) {
        case .counted, .onlyIfAsked: #expect(task?.state == .failed)
        case .disruption, .freeWithProgress:
            #expect(task?.state == .ready && task?.notBefore != nil && task?.disruptions == 1)
        case .unstarted:
            #expect(task?.state == .ready && task?.notBefore == it.now.adding(seconds: 30))
            #expect(task?.failures == 0 && task?.disruptions == 0)
            #expect(
                it.effects.contains(.backOff(key, Consortium.agent, until: it.now.adding(seconds: 30))))
        }
        #expect(task?.lastFailure == failure)
    }

    @Test("a late completion of any fence ends the task, also one that had failed")
    func lateCompletion() throws {
        var it = Consortium()
        it.enter(0, retries: 0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        _ = it.look("P", [key: it.member(.failed(.nonZeroExit))])
        it.exchange()
        #expect(it.task(0)?.state == .failed)
        var document = it.journal.document(freshSession: SessionID("x"))
        document.events = [
            NumberedEvent(
                number: document.lastEvent + 1,
                event: .ended(attempt: key, end: AttemptEnd(outcome: .completed, at: it.now)))
        ]
        document.lastEvent += 1
        _ = it.answer(document)
        #expect(it.task(0)?.state == .completed)
        #expect(it.task(0)?.completedBy == key.fence)
    }

    @Test("what the book has never heard of takes its hold and is its task's live attempt")
    func parked() throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        var document = it.journal.document(freshSession: SessionID("x"))
        let key = AttemptKey(task: Consortium.task(0), fence: Fence(generation: 1, counter: 4))
        document.attempts = [
            ListedAttempt(
                attempt: key, pack: PackID("lost"), state: .started, job: "12",
                offered: .init(
                    budget: Consortium.budget, hold: Amount(units: 30), partition: Consortium.partition,
                    mustStartBy: it.now, walltimeSeconds: 3600, graceSeconds: 60))
        ]
        let reply = it.answer(document)
        #expect(reply.cancel == [], "alarmed, never killed")
        #expect(it.account?.held == Amount(units: 30))
        #expect(it.task(0)?.state == .running)
        #expect(it.task(0)?.live == key.fence)
        #expect(it.effects.contains { if case .alarm("unknownAttempt", _) = $0 { true } else { false } })
    }

    @Test("a notice is told beside the exchange: it books, opens and numbers nothing on either side")
    func notice() throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        try it.claim("P", [0])
        _ = it.journal.takeChanges()
        it.journal.trouble = "no room"
        let before = (it.book.agents, it.book.journals, it.book.attempts, it.book.tasks)
        let document = it.journal.notice(freshSession: SessionID("x"))
        #expect(it.journal.takeChanges().isEmpty, "there is no room to write any down")
        #expect(document.number == 0 && document.trouble == "no room" && document.attempts.isEmpty)
        it.now = it.now.adding(seconds: 60)
        let reply = it.answer(document)
        #expect(!reply.reconciled && reply.number == 0 && reply.offers.isEmpty && reply.refusal == nil)
        #expect(it.book.agents == before.0 && it.book.journals == before.1)
        #expect(it.book.attempts == before.2 && it.book.tasks == before.3)
        it.journal.trouble = nil
        #expect(it.exchange().reconciled, "the exchange goes on where it was")
    }

    @Test("an event of an unknown kind is kept whole, alarmed and passed over")
    func unknownEvent() {
        var it = Consortium()
        it.settleDown()
        it.journal.tell(.unknown(kind: "telepathy", body: .object(["telepathy": .null])))
        it.exchange()
        #expect(it.journal.outbox.isEmpty, "it is acknowledged all the same")
        #expect(it.effects.contains { if case .keptEvent(_, _, _) = $0 { true } else { false } })
    }

    @Test("another instance, another run root, a newer generation: refused in words")
    func refused() {
        var it = Consortium()
        var document = it.journal.document(freshSession: SessionID("x"))
        document.instance = InstanceID("other")
        #expect(it.answer(document).refusal?.contains("enrolled with other") == true)
        document.instance = InstanceID("i1")
        document.runRoot = RunRootID("elsewhere")
        #expect(it.answer(document).refusal?.contains("admin agent move") == true)
        document.runRoot = RunRootID("root")
        document.generation = 2
        #expect(it.answer(document).refusal?.contains("generation 2") == true)
    }

    @Test("a manager writes off what no site will settle, and not before nothing of it can be running")
    func writeOff() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        #expect(throws: WriteOffRefusal.self) {
            try it.book.writeOff(
                attempt: key, by: MemberID("ana"), reason: "gone", siteIsRetired: false, now: it.now)
        }
        it.now = it.now.adding(seconds: 15 * 86_400)
        try it.book.writeOff(
            attempt: key, by: MemberID("ana"), reason: "gone", siteIsRetired: false, now: it.now)
        it.take()
        #expect(it.account?.held == .zero)
        #expect(it.task(0)?.state == .ready)
        #expect(Invariants.violations(in: it.book) == [])
    }

    @Test("after a restore everything waits for the full report, and fences never come twice")
    func restore() throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        let backup = it.book
        let lost = try it.claim("P", [0])[0]
        it.submit("P")
        it.book = backup
        it.book.beginGeneration(2, now: it.now)
        it.enter(1)
        #expect(throws: ClaimRefusal.quarantine) { try it.claim("Q", [1]) }
        it.exchange()
        #expect(it.journal.nextActions(now: it.now) == [.scan], "a new generation begins with a scan")
        it.settleDown()
        #expect(it.book.quarantine.isEmpty)
        #expect(it.task(0)?.live == lost.fence, "what the lost book started is its task's live attempt")
        #expect(it.account?.held == Amount(units: 2))
        let key = try it.claim("Q", [1])[0]
        #expect(key.fence.generation == 2)
    }

    @Test("what was burnt in the book and runs all the same is booked, and seen", arguments: [true, false])
    func aBurntAttemptThatRuns(isExpired: Bool) throws {
        var it = Consortium()
        it.enter(0)
        it.settleDown()
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        _ = it.look("P", [key: it.member(nil)])
        // As after a restore to a moment before it was confirmed, and time passing.
        let burnt: AttemptState = isExpired ? .expired : .withdrawn
        it.book.attempts[key]?.state = burnt
        it.exchange()
        #expect(it.book.attempts[key]?.state == .started)
        #expect(burnt.leads(to: .started))
        #expect(it.book.attempts[key]?.superseded == true)
        let alarmed = it.effects.contains { if case .alarm("burntRan", _) = $0 { true } else { false } }
        #expect(alarmed)
    }

    @Test("an agent of one instance obeys no other")
    func foreignReply() {
        var it = Consortium()
        it.settleDown()
        let document = it.journal.document(freshSession: SessionID("x"))
        let reply = CoordinatorReply(instance: InstanceID("other"), generation: 9, answers: document)
        #expect(it.journal.apply(reply, freshJournal: JournalID("k"), now: it.now) == .dropped)
        #expect(it.journal.head.generation == 1)
    }
}
