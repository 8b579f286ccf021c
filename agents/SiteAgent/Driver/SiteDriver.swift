import APIClient
public import Federation
public import Logging

/// Drives the agent's journal: gives it what the outside world said, writes what changed in one transaction, and only
/// then does what it wants done. It runs on a thread of its own, because files, SQLite and process tables block.
public actor SiteDriver {
    private nonisolated let thread = WorkThread(label: "hansa.agent")
    /// The thread that all of this runs on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    let parts: AgentParts
    let clock: WallClock
    let log: Logger
    let waker = Waker()
    let step: @Sendable (DriverStep) throws -> Void
    let launcher: any Launcher
    var journal: PersistentJournal
    let mode: AgentMode

    // The exchange
    var poll: Task<Void, Never>?
    var pollCarried: Int64 = 0
    var pollCapacity: [PartitionCapacity] = []
    var pollAnswer: Result<CoordinatorReply, ClientError>?
    var nextPollAt = ContinuousClock.now
    var failures = 0
    /// How long the coordinator lets a poll stay open, as it said last.
    var pollSeconds: Int64 = 30
    var news = true
    /// A reply was applied and is journalled with what follows from it.
    private var hasFreshReply = false

    // What it has to write to
    var storage: StorageWatch
    /// Why the journal could not be written last, until it can be.
    var journalFault: JournalFault?
    /// When the coordinator is told again that the journal cannot be written.
    var noticeAt = ContinuousClock.now
    var notice: Task<Void, Never>?

    // Submissions
    /// So many are under way.
    var submitting = 0
    /// One of this turn got no answer.
    var isHeldBack = false
    /// The batch system said something that is not journalled yet.
    var hasFreshAnswer = false

    // What goes on beside it
    var pace: LookPace
    var staging = StagingDesk()
    var metrics: [AttemptKey: (line: JSONValue, at: Int64)] = [:]
    var toldReasons: [PackID: String] = [:]
    var report = AgentReport()
    var reportedAt: Int64 = 0
    var isReportDue = false
    var housekeepingAt: Int64 = 0
    var memoryGivenBackAt: Int64 = 0
    private var stopping = false

    /// A driver over an opened journal and a launcher that nobody else uses. `step` is called between steps.
    public init(
        parts: AgentParts, journal: sending PersistentJournal, launcher: sending any Launcher,
        mode: AgentMode,
        log: Logger, step: @escaping @Sendable (DriverStep) throws -> Void = { _ in }
    ) {
        // Before a batch system looks are rare. A cycle of its own process looks again as soon as there is reason to.
        let look =
            mode == .courier || launcher.kind != SlurmLauncher.name ? 0 : parts.configuration.lookMilliseconds
        pace = LookPace(every: look * 1000, least: mode == .serve ? 1_000_000 : 0)
        self.parts = parts
        clock = WallClock()
        self.journal = journal
        self.launcher = launcher
        self.mode = mode
        self.log = log
        self.step = step
        let journalFolder = parts.configuration.journalFolder ?? parts.folder.path
        storage = StorageWatch(
            runs: parts.runRoot.path, journal: journalFolder,
            least: parts.configuration.leastFreeMegabytes << 20)
        report.agent = parts.identity.agent
        report.site = parts.identity.site
        report.program = parts.program
        report.mode = mode
        self.journal.rules.program = parts.program
    }

    /// Runs until `stop`. Throws only what a `step` throws; everything else is an error state that is shown, logged
    /// and tried again.
    public func run() async throws {
        var iterator = waker.stream.makeAsyncIterator()
        while !stopping {
            let pause = try await turn()
            if stopping { break }
            await waker.wait(&iterator, atMost: pause)
        }
        await farewell()
    }

    /// One cycle: exchanges and acts until a reply brings nothing new and nothing is left to tell, at most so many
    /// rounds. Jobs that run go on. Throws what stops it, also a coordinator that could not be reached or refused; a
    /// later cycle picks up.
    public func runOnce(rounds: Int = 200) async throws {
        defer {
            writeReport(force: true)
            journal.close()
        }
        do {
            try await cycle(rounds: rounds)
        } catch let fault as JournalFault {
            await noteJournal(fault)
            await notice?.value
            throw fault
        }
        if let words = report.exchangeFault { throw AgentFault.noExchange(reason: words) }
    }

    private func cycle(rounds: Int) async throws {
        var iterator = waker.stream.makeAsyncIterator()
        for _ in 0..<rounds {
            news = false
            lookAtStorage()
            var isQuiet = false
            if let answer = pollAnswer {
                pollAnswer = nil
                try await take(answer)
                if case .success(let reply) = answer { isQuiet = reply.reconciled && !news }
            }
            try await act()
            try saveAll()
            let isDone = journal.rules.outbox.isEmpty && !staging.isBusy && pace.urgent.isEmpty
            if isQuiet, !news, isDone { break }
            if failures > 3 { break }
            if staging.isBusy { await waker.wait(&iterator, atMost: .milliseconds(500)) }
            if failures > 0 { try await Task.sleep(until: nextPollAt, clock: .continuous) }
            try startPoll()
            if let poll { await poll.value }
        }
        await keepHouse()
        try save()
    }

    /// Ends `run` after the turn that is being made; jobs go on.
    public func stop() {
        stopping = true
        poll?.cancel()
        waker.wake()
    }

    /// Lets go of the journal without a word, as a kill does.
    func abandon() {
        poll?.cancel()
        journal.close()
    }

    /// One turn of the loop; answers how long to wait for something to happen.
    private func turn() async throws -> Duration {
        do {
            news = false
            lookAtStorage()
            try journalAgain()
            if let answer = pollAnswer {
                pollAnswer = nil
                try await take(answer)
            }
            try await act()
            try startPoll()
            try saveAll()
            await keepHouse()
            giveMemoryBack()
            writeReport(force: false)
            return pause
        } catch let fault as JournalFault {
            await noteJournal(fault)
            writeReport(force: false)
            return .seconds(2)
        }
    }

    /// Persists what the rules changed. Until that works nothing is done or told.
    func save() throws(JournalFault) { try journal.save() }

    /// A reply changed the rules. The next thing that is journalled takes it along: often that is the next document's
    /// number or the intent to submit, and one commit is enough for both.
    func replyApplied() { hasFreshReply = true }

    /// Persists what the rules changed, if a reply is among it: before anything is done that is not journalled first.
    func saveReply() throws {
        guard hasFreshReply else { return }
        try save()
        hasFreshReply = false
        try step(.applied)
    }

    /// Persists what the rules changed, and says so where a reply was among it.
    func saveAll() throws {
        try saveReply()
        try save()
    }

    func now() -> Instant { clock.now() }

    private var pause: Duration {
        if pollAnswer != nil || news || !pace.urgent.isEmpty { return .zero }
        var pause = Duration.seconds(5)
        if poll == nil {
            let untilPoll = nextPollAt - ContinuousClock.now
            pause = min(pause, max(.milliseconds(10), untilPoll))
        }
        if isReportDue { pause = min(pause, .seconds(1)) }
        let open = journal.rules.attempts.values.contains { $0.state != .settled }
        if open || staging.isBusy {
            // Where nothing is to be looked at yet, a look stays due: that is no reason to turn round and round.
            let every = parts.configuration.lookMilliseconds * 1000
            let look =
                pace.every > 0 ? max(pace.wait(now: WallClock.sinceBoot()), min(every, 200_000)) : every
            pause = min(pause, .microseconds(look))
        }
        return pause
    }

    /// Tells what is still untold, if the coordinator takes it quickly, and lets go of the journal.
    private func farewell() async {
        if let poll {
            poll.cancel()
            await poll.value
        }
        pollAnswer = nil
        if !journal.rules.outbox.isEmpty, journal.rules.session != nil, (try? save()) != nil {
            journal.rules.exchangeFailed()
            var document = journal.rules.document(freshSession: SessionID(RandomName.make()))
            document.capacity = []
            if (try? save()) != nil {
                let link = parts.link
                let last = Task { [document] in try await link.exchange(document, waitSeconds: 0) }
                let timer = Task {
                    try? await Task.sleep(for: .seconds(3))
                    last.cancel()
                }
                if let reply = try? await last.value {
                    _ = journal.rules.apply(
                        reply, freshJournal: JournalID(RandomName.make()), now: now(),
                        declining: { _ in "the agent is stopping" })
                    try? save()
                }
                timer.cancel()
            }
        }
        report.stoppedAt = now()
        writeReport(force: true)
        journal.close()
    }
}
