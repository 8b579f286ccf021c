import Federation
import Testing

/// Clauses that other clauses back up so well that no simulated run breaks without them: each one's own effect, with it
/// and without.
@Suite struct BackedUpClauseTests {
    static func consortium(without clause: Clause?) -> Consortium {
        var it = Consortium()
        if let clause {
            it.book.settings.disabled = [clause]
            it.journal.settings.disabled = [clause]
        }
        return it
    }

    /// What both sides come to with the clause and without it.
    static func compare<T>(_ clause: Clause, _ story: (inout Consortium) throws -> T) rethrows -> (
        with: T, without: T
    ) {
        var enforced = consortium(without: nil)
        var disabled = consortium(without: clause)
        return (try story(&enforced), try story(&disabled))
    }

    @Test("§4.3: accepted and never confirmed is withdrawn in the end")
    func silentAcceptanceWithdrawn() throws {
        let seen = try BackedUpClauseTests.compare(.silentAcceptanceWithdrawn) { it in
            it.enter(0)
            it.settleDown()
            let key = try it.claim("P", [0])[0]
            it.exchange()
            var document = it.journal.document(freshSession: SessionID("x"))
            document.attempts = []
            _ = it.book.apply(document, now: it.now)
            it.now = it.now.adding(seconds: 600)
            it.book.sweep(now: it.now)
            return it.book.attempts[key]?.state
        }
        #expect(seen.with == .withdrawn)
        #expect(seen.without == .accepted)
    }

    @Test("§4.3: only an acceptance that arrives in time counts")
    func acceptedInTime() throws {
        let seen = try BackedUpClauseTests.compare(.acceptedInTime) { it in
            it.enter(0)
            it.settleDown()
            let key = try it.claim("P", [0])[0]
            it.exchange()
            it.now = it.now.adding(seconds: 200)
            it.book.sweep(now: it.now)
            _ = it.book.apply(it.journal.document(freshSession: SessionID("x")), now: it.now)
            return it.book.attempts[key]?.state
        }
        #expect(seen.with == .expired)
        #expect(seen.without == .accepted)
    }

    @Test("§4.3: a cancel reaches accepted attempts")
    func cancelReachesAccepted() throws {
        let seen = try BackedUpClauseTests.compare(.cancelReachesAccepted) { it in
            it.enter(0)
            it.settleDown()
            let key = try it.claim("P", [0])[0]
            it.exchange()
            let document = it.journal.document(freshSession: SessionID("x"))
            var reply = it.book.apply(document, now: it.now)
            it.book.tasks[Consortium.task(0)]?.cancelRequested = true
            it.book.reconcile(document, into: &reply, now: it.now)
            return reply.cancel == [key]
        }
        #expect(seen.with)
        #expect(!seen.without)
    }

    @Test("§4.3: after a hello what was confirmed and not submitted is confirmed again first")
    func confirmedInSession() throws {
        let seen = try BackedUpClauseTests.compare(.confirmedInSession) { it in
            it.enter(0)
            it.settleDown()
            try it.claim("P", [0])
            it.exchange()
            it.exchange()
            it.journal.started()
            return it.journal.intend(PackID("P"), now: it.now) != nil
        }
        #expect(!seen.with)
        #expect(seen.without)
    }

    @Test("§4.2: after a start exchange first, then act")
    func exchangeFirst() throws {
        let seen = try BackedUpClauseTests.compare(.exchangeFirst) { it in
            it.enter(0)
            try it.claim("P", [0])
            it.submit("P")
            it.journal.started()
            return it.journal.nextActions(now: it.now)
        }
        #expect(seen.with == [.exchange])
        #expect(seen.without == [.exchange, .look(PackID("P"))])
    }

    @Test("§4.2: a reply must answer the poll in flight, and one of an older generation is dropped")
    func staleReplies() {
        let answers = BackedUpClauseTests.compare(.repliesAnswerThePoll) { it in
            it.settleDown()
            let reply = it.answer(it.journal.document(freshSession: SessionID("x")))
            _ = it.journal.document(freshSession: SessionID("y"))
            return it.journal.apply(reply, freshJournal: JournalID("k"), now: it.now)
        }
        #expect(answers.with == .dropped)
        #expect(answers.without == .applied)
        let generations = BackedUpClauseTests.compare(.olderGenerationDropped) { it in
            it.book.generation = 3
            it.settleDown()
            var reply = it.answer(it.journal.document(freshSession: SessionID("x")))
            reply.generation = 2
            return it.journal.apply(reply, freshJournal: JournalID("k"), now: it.now)
        }
        #expect(generations.with == .dropped)
        #expect(generations.without == .applied)
    }

    @Test("§4.2: an older document is acknowledged, never reconciled, whenever the newer one came")
    func olderDocument() {
        let older = BackedUpClauseTests.compare(.olderNeverReconciled) { it in
            it.settleDown()
            let first = it.journal.document(freshSession: SessionID("x"))
            _ = it.answer(it.journal.document(freshSession: SessionID("y")))
            return it.answer(first).reconciled
        }
        #expect(!older.with)
        #expect(older.without)
        let between = BackedUpClauseTests.compare(.checkedWhereReconciled) { it in
            it.settleDown()
            let first = it.journal.document(freshSession: SessionID("x"))
            var reply = it.book.apply(first, now: it.now)
            _ = it.answer(it.journal.document(freshSession: SessionID("y")))
            it.book.reconcile(first, into: &reply, now: it.now)
            return reply.reconciled
        }
        #expect(!between.with)
        #expect(between.without)
    }

    @Test("§5.3: a cancel before submission takes the marker")
    func cancelTakesMarker() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.settleDown()
        it.book.cancel(task: Consortium.task(0), now: it.now)
        it.exchange()
        #expect(it.journal.nextActions(now: it.now) == [.exchange, .takeMarker(PackID("P"))])
        // Until the marker is taken nothing is told: a job that nobody knows of may hold it.
        it.exchange()
        #expect(it.journal.attempts[key]?.hasEnded == false)
        #expect(it.book.attempts[key]?.state == .confirmed)
        var late = it
        late.journal.markerTaken(
            PackID("P"), by: .job(id: "9", host: "n1", at: it.now), now: it.now)
        #expect(late.journal.attempts[key]?.hasEnded == false)
        #expect(late.journal.packs[PackID("P")]?.jobs == ["9"])
        it.journal.markerTaken(PackID("P"), by: .agent, now: it.now)
        #expect(it.journal.attempts[key]?.end?.outcome == .cancelled)
        it.exchange()
        #expect(it.task(0)?.state == .cancelled)
    }

    @Test("§4.10: a fence that a lost book gave is never given again")
    func fencesCarryGeneration() throws {
        let seen = try BackedUpClauseTests.compare(.fencesCarryGeneration) { it in
            it.enter(0)
            it.settleDown()
            let backup = it.book
            let lost = try it.claim("P", [0])[0]
            it.book = backup
            it.book.beginGeneration(2, now: it.now)
            // Its agent never comes back to report it: a manager has retired it.
            it.book.quarantine = []
            return (lost: lost.fence, again: try it.claim("Q", [0])[0].fence)
        }
        #expect(seen.with.again > seen.with.lost)
        #expect(seen.without.again == seen.without.lost)
    }

    @Test("§4.1: a journal that the coordinator is ahead of is an old copy")
    func oldCopyNoticed() {
        let seen = BackedUpClauseTests.compare(.oldCopyNoticed) { it in
            it.settleDown()
            let copy = it.journal
            it.settleDown()
            it.journal = copy
            it.journal.started()
            it.exchange()
            return it.journal.head.journal
        }
        #expect(seen.with != JournalID("j1"))
        #expect(seen.without == JournalID("j1"))
    }

    @Test("§4.4: the agent cancels what still waits after its time")
    func agentCancelsLate() throws {
        let seen = try BackedUpClauseTests.compare(.agentCancelsLate) { it in
            it.enter(0)
            try it.claim("P", [0])
            it.submit("P")
            it.now = it.now.adding(seconds: 15 * 86_400)
            return it.journal.looked(PackID("P"), PackEvidence(queued: ["7"], rows: []), now: it.now)
        }
        #expect(seen.with == [.cancelJob(PackID("P"))])
        #expect(seen.without == [])
    }

    @Test("§4.6: an older reading never undoes a newer one")
    func newestReadingCounts() throws {
        let seen = try BackedUpClauseTests.compare(.newestReadingCounts) { it in
            it.enter(0)
            let key = try it.claim("P", [0])[0]
            it.submit("P")
            _ = it.look("P", [key: it.member(.completed)], queued: [])
            it.readRecord("P", seconds: 300)
            it.settleDown()
            var usage = Usage(
                runs: [.init(start: it.now, seconds: 10)], nodes: 1, coresPerNode: 1, memoryMiBPerNode: 0,
                partition: Consortium.partition, source: .siteRecord)
            usage.estimated = true
            let old = SiteRecord(usage: usage, isFinal: false, readAt: it.now.adding(seconds: -60))
            it.journal.tell(.adjusted(attempt: key, record: old))
            it.exchange()
            return it.book.attempts[key]?.charged.thousandths
        }
        #expect(seen.with == 300_000)
        #expect(seen.without == 10_000)
    }

    @Test("§4.7: what is listed ahead of the book is sent again")
    func aheadSentAgain() throws {
        let seen = try BackedUpClauseTests.compare(.aheadSentAgain) { it in
            it.enter(0)
            let key = try it.claim("P", [0])[0]
            it.submit("P")
            _ = it.look("P", [:])
            it.exchange()
            it.book.attempts[key]?.state = .confirmed
            return it.exchange().resend == [key]
        }
        #expect(seen.with)
        #expect(!seen.without)
    }

    @Test("§4.8: the displaced journal gets nothing, its late events are booked")
    func displaced() throws {
        let nothing = try BackedUpClauseTests.compare(.displacedGetsNothing) { it in
            it.enter(0)
            it.settleDown()
            let document = it.journal.document(freshSession: SessionID("x"))
            it.book.agents[Consortium.agent]?.session = SessionID("other")
            try it.claim("P", [0])
            return it.answer(document).offers.count
        }
        #expect(nothing.with == 0)
        #expect(nothing.without == 1)
        let events = try BackedUpClauseTests.compare(.lateEventsBooked) { it in
            it.enter(0)
            let key = try it.claim("P", [0])[0]
            it.submit("P")
            _ = it.look("P", [:])
            it.book.agents[Consortium.agent]?.session = SessionID("other")
            _ = it.book.apply(it.journal.document(freshSession: SessionID("x")), now: it.now)
            return it.book.attempts[key]?.state
        }
        #expect(events.with == .started)
        #expect(events.without == .submitted)
    }

    @Test("§4.10: in quarantine nothing expires, and an offer's time starts over", arguments: [true, false])
    func quarantine(expiry: Bool) throws {
        let seen = try BackedUpClauseTests.compare(expiry ? .quarantineExpiresNothing : .expiryStartsOver) {
            it in
            it.enter(0)
            it.settleDown()
            let key = try it.claim("P", [0])[0]
            it.now = it.now.adding(seconds: 170)
            it.book.beginGeneration(2, now: it.now)
            it.now = it.now.adding(seconds: expiry ? 400 : 20)
            if !expiry { it.book.quarantine = [] }
            it.book.sweep(now: it.now)
            return it.book.attempts[key]?.state
        }
        #expect(seen.with == .offered)
        #expect(seen.without == .expired)
    }

    @Test("§4.10: re-reads start over after a restore")
    func reReadsStartOver() throws {
        let seen = try BackedUpClauseTests.compare(.reReadsStartOver) { it in
            it.enter(0)
            let key = try it.claim("P", [0])[0]
            it.submit("P")
            _ = it.look("P", [key: it.member(.completed)], queued: [])
            it.readRecord("P", seconds: 300)
            it.settleDown()
            it.book.attempts[key]?.reReads = 6
            it.book.attempts[key]?.nextReRead = nil
            it.book.beginGeneration(2, now: it.now)
            return it.book.attempts[key]?.nextReRead
        }
        #expect(seen.with != nil)
        #expect(seen.without == nil)
    }

    @Test("§4.10: a restored book is a new generation, and every agent is asked for its full report")
    func generation() {
        let generation = BackedUpClauseTests.compare(.newGeneration) { it in
            it.book.beginGeneration(2, now: it.now)
            return it.book.generation
        }
        #expect(generation.with == 2)
        #expect(generation.without == 1)
        let asks = BackedUpClauseTests.compare(.asksForFullReport) { it in
            it.settleDown()
            it.book.quarantine = [Consortium.agent]
            return it.exchange().wantsFull
        }
        #expect(asks.with)
        #expect(!asks.without)
        let scans = BackedUpClauseTests.compare(.newJournalScans) { it in
            AgentJournal(
                instance: InstanceID("i1"), agent: Consortium.agent, runRoot: RunRootID("root"),
                journal: JournalID("j"), settings: it.journal.settings
            ).head.scanDue
        }
        #expect(scans.with)
        #expect(!scans.without)
    }

    @Test(
        "§5.3: no verdict while the controller does not answer; §5.1: a run folder that is there means doubt")
    func doubt() throws {
        let controller = try BackedUpClauseTests.compare(.controllerAnswers) { it in
            it.enter(0)
            try it.claim("P", [0])
            it.submit("P")
            it.journal.submitDoubtful(PackID("P"))
            it.enter(1)
            try it.claim("Q", [1])
            it.settleDown()
            _ = it.journal.intend(PackID("Q"), now: it.now)
            it.journal.submitDoubtful(PackID("Q"))
            return it.journal.looked(PackID("Q"), PackEvidence(), now: it.now)
        }
        #expect(controller.with == [])
        #expect(controller.without == [.takeMarker(PackID("Q"))])
        let folder = try BackedUpClauseTests.compare(.folderMeansDoubt) { it in
            it.enter(0)
            try it.claim("P", [0])
            it.settleDown()
            _ = it.journal.intend(PackID("P"), now: it.now)
            return it.journal.runFolderMade(PackID("P"), existedAlready: true, emptySlots: [], now: it.now)
        }
        #expect(!folder.with)
        #expect(folder.without)
    }

    @Test("§5.3: a job that surfaces later is cancelled by name")
    func lateJobsCancelled() throws {
        let seen = try BackedUpClauseTests.compare(.lateJobsCancelled) { it in
            it.enter(0)
            let key = try it.claim("P", [0])[0]
            it.submit("P")
            _ = it.look("P", [key: it.member(.completed)], queued: [])
            let late = QueuedPack(pack: PackID("P"), jobs: ["8"], waits: true)
            return it.journal.lateJobs(among: [late], now: it.now)
        }
        #expect(seen.with == [.cancelJob(PackID("P"))])
        #expect(seen.without == [])
    }

    @Test("§5.3: the job that ran a pack may end by itself; any other, and one that lingers, is cancelled")
    func jobsThatWindDown() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        func late(_ jobs: [String], waits: Bool = false, after seconds: Int64 = 0) -> Bool {
            let shown = QueuedPack(pack: PackID("P"), jobs: jobs, waits: waits)
            return !it.journal.lateJobs(among: [shown], now: it.now.adding(seconds: seconds)).isEmpty
        }
        _ = it.look("P", [key: it.member(nil)])
        #expect(!late(["7"], waits: true, after: 3600), "its pack is not over")
        _ = it.look("P", [key: it.member(.completed)])
        for isForgotten in [false, true] {
            #expect(!late(["7"]))
            #expect(!late(["7"], after: 15))
            #expect(late(["7"], after: 16))
            #expect(late(["7"], after: -16), "the clock was put back")
            #expect(late(["7"], waits: true), "it is to run again")
            #expect(late(["7", "8"]))
            #expect(late(["8"]))
            guard !isForgotten else { break }
            it.exchange()
            it.readRecord("P", seconds: 60)
            it.settleDown()
            #expect(it.journal.closedPacks[PackID("P")] != nil)
        }
    }

    @Test("§5.6: cancelling one member never cancels the job of the others")
    func cancelsOneMember() throws {
        let seen = try BackedUpClauseTests.compare(.cancelsOneMember) { it in
            it.enter(0)
            it.enter(1)
            let keys = try it.claim("P", [0, 1])
            it.submit("P")
            _ = it.look("P", [keys[0]: it.member(nil)])
            it.book.cancel(task: Consortium.task(0), now: it.now)
            it.exchange()
            return it.look("P", [keys[0]: it.member(nil)])
        }
        #expect(seen.with != [.cancelJob(PackID("P"))])
        #expect(seen.without == [.cancelJob(PackID("P"))])
    }
}
