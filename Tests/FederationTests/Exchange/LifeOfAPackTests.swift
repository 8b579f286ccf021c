import Federation
import Testing

/// The road of §3, clause by clause of §4 and §5.
@Suite struct LifeOfAPackTests {
    @Test("offered, accepted, confirmed, submitted, started, ended, settled, forgotten")
    func wholeRoad() throws {
        var it = Consortium()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        #expect(it.account?.held == Amount(units: 4))
        it.settleDown()
        #expect(keys.map { it.book.attempts[$0]?.state } == [.confirmed, .confirmed])
        #expect(it.journal.nextActions(now: it.now) == [.exchange, .submit(PackID("P"))])
        it.submit("P")
        #expect(it.look("P", [keys[0]: it.member(nil), keys[1]: .init()]) == [])
        it.exchange()
        #expect(it.book.attempts[keys[0]]?.startedAt == it.now)
        #expect(it.look("P", [keys[0]: it.member(.completed, seconds: 100)]) == [])
        it.exchange()
        #expect(it.task(0)?.state == .completed)
        #expect(it.task(1)?.state == .running)
        #expect(it.look("P", [keys[1]: it.member(.completed, seconds: 200)], queued: []) == [])
        it.exchange()
        #expect(it.task(1)?.state == .completed)
        it.readRecord("P", seconds: 301)
        it.settleDown()
        let charged = keys.map { it.book.attempts[$0]?.charged.thousandths }
        #expect(charged == [100_000, 201_000], "shares add up to the job's 301 node-seconds")
        #expect(it.account?.held == .zero)
        #expect(it.account?.spent.thousandths == 301_000)
        #expect(it.journal.attempts.isEmpty)
        #expect(it.journal.history.count == 2)
        #expect(Invariants.violations(in: it.book) == [])
    }

    @Test("nothing unconfirmed is submitted, and a confirmation counts only in its session")
    func confirmationIsOfItsSession() throws {
        var it = Consortium()
        it.enter(0)
        try it.claim("P", [0])
        it.settleDown()
        it.journal.started()
        #expect(it.journal.intend(PackID("P"), now: it.now) == nil)
        it.exchange()
        #expect(it.journal.nextActions(now: it.now) == [.exchange])
        it.exchange()
        #expect(it.journal.nextActions(now: it.now) == [.exchange, .submit(PackID("P"))])
    }

    @Test("a run folder that is there already means doubt; found nowhere, its marker is taken and it is lost")
    func doubt() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        #expect(it.journal.intend(PackID("P"), now: it.now) != nil)
        #expect(
            it.journal.runFolderMade(PackID("P"), existedAlready: true, emptySlots: [], now: it.now) == false)
        #expect(it.journal.nextActions(now: it.now).last == .look(PackID("P")))
        #expect(
            it.journal.looked(PackID("P"), PackEvidence(), now: it.now) == [], "nobody answers: no verdict")
        let nothing = PackEvidence(queued: [], rows: [])
        #expect(it.journal.looked(PackID("P"), nothing, now: it.now) == [.takeMarker(PackID("P"))])
        it.journal.started()
        #expect(it.journal.looked(PackID("P"), nothing, now: it.now) == [.takeMarker(PackID("P"))])
        it.journal.markerTaken(PackID("P"), by: .agent, now: it.now)
        it.settleDown()
        #expect(it.book.attempts[key]?.end?.outcome == .failed(.lost))
        #expect(it.task(0)?.state == .ready)
        #expect(it.task(0)?.notBefore == it.now.adding(seconds: 30))
    }

    @Test("what the batch system said when it took no job is told with the end")
    func refusal() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        #expect(it.journal.intend(PackID("P"), now: it.now) != nil)
        it.journal.submitDoubtful(PackID("P"), "Slurm refuses the job: Invalid qos")
        _ = it.journal.looked(PackID("P"), PackEvidence(queued: [], rows: []), now: it.now)
        it.journal.markerTaken(PackID("P"), by: .agent, now: it.now)
        it.exchange()
        #expect(it.book.attempts[key]?.end?.outcome == .failed(.lost))
        #expect(it.book.attempts[key]?.end?.detail.contains("Invalid qos") == true)
    }

    @Test("a batch system that says no ends the attempt as rejected, also where it answers nothing else")
    func rejection() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        #expect(it.journal.intend(PackID("P"), now: it.now) != nil)
        it.journal.submitDoubtful(PackID("P"), "sbatch: Permission denied", rejected: true)
        #expect(it.journal.looked(PackID("P"), PackEvidence(), now: it.now) == [.takeMarker(PackID("P"))])
        it.journal.markerTaken(PackID("P"), by: .agent, now: it.now)
        it.exchange()
        let end = try #require(it.book.attempts[key]?.end)
        #expect(end.outcome == .failed(.rejected))
        #expect(end.detail == "sbatch: Permission denied")
        #expect(it.task(0)?.state == .ready)
        #expect(it.task(0)?.notBefore == it.now.adding(seconds: 30), "the site's doing: tried again, later")
    }

    @Test("a job that was there after a no is adopted: somebody else with this journal asked as well")
    func rejectionOfACopy() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        #expect(it.journal.intend(PackID("P"), now: it.now) != nil)
        it.journal.submitDoubtful(PackID("P"), "Invalid qos", rejected: true)
        _ = it.look("P", [key: it.member(nil)])
        it.exchange()
        #expect(it.book.attempts[key]?.state == .started)
    }

    @Test("all runs of a job count, one that never began gives no shape, and members share what it burnt")
    func severalRuns() throws {
        var it = Consortium()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        it.submit("P")
        _ = it.look(
            "P", [keys[0]: it.member(.completed, seconds: 30), keys[1]: it.member(.completed, seconds: 10)])
        var first = JobRow(job: "7", state: .preempted, start: it.now, seconds: 20, nodes: 2, coresPerNode: 8)
        first.cpuSeconds = 40
        first.maximumResidentBytes = 100
        let rows = [
            JobRow(job: "7", state: .cancelled, nodes: 1), first,
            JobRow(job: "7", state: .refused, start: it.now, seconds: 4),
        ]
        let evidence = PackEvidence(
            marker: .job(id: "7", host: "n1", at: it.now), heartbeat: it.now, queued: [], rows: rows)
        _ = it.journal.recordRead(PackID("P"), JobReading(evidence: evidence, readAt: it.now), now: it.now)
        let usages = keys.compactMap { it.journal.attempts[$0]?.usage }
        #expect(usages.map(\.elapsedSeconds) == [18, 6])
        #expect(usages.map(\.nodes) == [2, 2])
        #expect(usages.map(\.coresPerNode) == [8, 8])
        #expect(usages.map(\.cpuSeconds) == [30, 10])
        #expect(usages.map(\.maximumResidentBytes) == [100, 100])
    }

    @Test("a job that was quicker than the agent with the marker is adopted")
    func adopted() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        #expect(it.journal.intend(PackID("P"), now: it.now) != nil)
        it.journal.submitDoubtful(PackID("P"))
        _ = it.journal.looked(PackID("P"), PackEvidence(queued: [], rows: []), now: it.now)
        it.journal.markerTaken(PackID("P"), by: .job(id: "9", host: "n2", at: it.now), now: it.now)
        it.exchange()
        #expect(it.book.attempts[key]?.state == .started)
        #expect(it.book.attempts[key]?.job == "9")
    }

    @Test("a member cancelled before submission stays as an empty slot")
    func emptySlot() throws {
        var it = Consortium()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        it.settleDown()
        it.book.cancel(task: Consortium.task(0), now: it.now)
        it.exchange()
        let submission = it.journal.intend(PackID("P"), now: it.now)
        #expect(submission?.emptySlots == [keys[0]])
        #expect(
            it.journal.runFolderMade(PackID("P"), existedAlready: false, emptySlots: [keys[0]], now: it.now)
                == true)
        it.journal.submitted(PackID("P"), job: "7")
        it.exchange()
        #expect(it.task(0)?.state == .cancelled)
        #expect(it.book.attempts[keys[0]]?.hold == Amount(units: 2), "with its share of the hold")
        #expect(it.book.attempts[keys[1]]?.state == .submitted)
    }

    @Test("a member cancelled before confirmation keeps its share of the hold while the others go on")
    func cancelledBeforeConfirmation() throws {
        var it = Consortium()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        it.book.cancel(task: Consortium.task(0), now: it.now)
        #expect(it.account?.held == Amount(units: 4), "the job's walltime counts it")
        it.submit("P")
        #expect(it.task(0)?.state == .cancelled)
        #expect(it.account?.held == Amount(units: 4))
        #expect(it.book.attempts[keys[1]]?.state == .submitted)
        it.enter(2)
        it.enter(3)
        try it.claim("Q", [2, 3])
        it.book.cancel(task: Consortium.task(2), now: it.now)
        it.book.cancel(task: Consortium.task(3), now: it.now)
        #expect(it.account?.held == Amount(units: 4), "the last one takes the whole pack back")
        #expect(it.task(2)?.state == .cancelled)
        #expect(it.task(3)?.state == .cancelled)
        #expect(Invariants.violations(in: it.book) == [])
    }

    @Test("cancelling one member never cancels the job of the others")
    func oneMember() throws {
        var it = Consortium()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        it.submit("P")
        _ = it.look("P", [keys[0]: it.member(nil)])
        it.book.cancel(task: Consortium.task(0), now: it.now)
        it.exchange()
        #expect(it.look("P", [keys[0]: it.member(nil)]) == [.endMember(keys[0])])
        it.book.cancel(task: Consortium.task(1), now: it.now)
        it.exchange()
        #expect(it.look("P", [keys[0]: it.member(nil)]) == [.cancelJob(PackID("P"))], "all of them: the job")
    }

    @Test("started, gone from queue and record: lost only once the heartbeat is silent")
    func heartbeat() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        _ = it.look("P", [key: it.member(nil)])
        let failed = JobRow(job: "7", state: .nodeFailure, start: it.now, seconds: 10)
        var evidence = PackEvidence(
            marker: .job(id: "7", host: "n1", at: it.now), heartbeat: it.now, queued: [], rows: [failed])
        _ = it.journal.looked(PackID("P"), evidence, now: it.now.adding(seconds: 200))
        #expect(it.journal.attempts[key]?.end == nil)
        evidence.queued = nil
        _ = it.journal.looked(PackID("P"), evidence, now: it.now.adding(seconds: 400))
        #expect(it.journal.attempts[key]?.end == nil, "the controller does not answer")
        evidence.queued = []
        _ = it.journal.looked(PackID("P"), evidence, now: it.now.adding(seconds: 400))
        #expect(it.journal.attempts[key]?.end?.outcome == .failed(.nodeFailure))
    }

    @Test("offers arrive confirmed by courier, and several bundles may be under way")
    func courier() throws {
        var it = Consortium(mode: .courier)
        it.enter(0)
        it.exchange()
        it.exchange()
        it.exchange()
        let key = try it.claim("P", [0])[0]
        it.journal.scanned([], now: it.now)
        let first = it.journal.document(freshSession: SessionID("x"))
        let second = it.journal.document(freshSession: SessionID("y"))
        let reply = it.answer(first)
        #expect(reply.confirmed == [PackID("P")])
        #expect(it.book.attempts[key]?.state == .confirmed)
        let later = it.answer(second)
        #expect(
            later.lookUp.map(\.attempt) == [key], "the second bundle was closed before the first answer came")
        _ = it.journal.apply(reply, freshJournal: JournalID("k"), now: it.now)
        it.journal.started()
        _ = it.journal.apply(later, freshJournal: JournalID("k"), now: it.now)
        #expect(it.journal.nextActions(now: it.now).last == .submit(PackID("P")))
    }
}
