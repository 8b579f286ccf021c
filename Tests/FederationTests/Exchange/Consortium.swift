import Federation

/// One coordinator, one site and its agent, without a network between them: for tests that read like a transcript.
struct Consortium {
    var book: Book
    var journal: AgentJournal
    var now = Instant(seconds: 1_800_000_000)
    var effects: [Effect] = []
    /// What the specs of tasks that are offered from here on say of failures.
    var failureRules: FailureRules?
    private var ids = 0

    static let agent = AgentID("lumi")
    static let site = SiteID("lumi")
    static let partition = PartitionID("small")
    static let budget = BudgetID("ut-wp1")

    /// A site where a node-hour is a unit, and a budget of `units` of them.
    init(units: Int64 = 100, mode: AgentMode = .serve) {
        book = Book(instance: InstanceID("i1"), generation: 1)
        var agent = AgentRecord(id: Consortium.agent, site: Consortium.site)
        agent.runRoot = RunRootID("root")
        book.agents[agent.id] = agent
        var account = BudgetAccount(
            id: Consortium.budget, allocation: AllocationID("a"), periodEnd: .distantFuture)
        account.granted = Amount(units: units)
        account.available = Amount(units: units)
        book.budgets[account.id] = account
        book.prices[Consortium.site] = PriceList(
            site: Consortium.site, unit: "node-hours",
            tariffs: [
                Tariff(
                    partition: Consortium.partition, from: .distantPast, terms: [.init(measure: .node)],
                    source: "test")
            ])
        journal = AgentJournal(
            instance: InstanceID("i1"), agent: Consortium.agent, runRoot: RunRootID("root"),
            journal: JournalID("j1"), mode: mode)
        journal.started()
    }

    mutating func fresh(_ prefix: String) -> String {
        ids += 1
        return "\(prefix)\(ids)"
    }

    static func task(_ index: Int) -> TaskID { TaskID(submission: SubmissionID("s"), index: index) }

    /// Enters a ready task.
    mutating func enter(_ index: Int, retries: Int = 0, links: Int = 1, onSilence: OnSilence = .park) {
        book.enter(
            TaskRecord(
                id: Consortium.task(index), state: .ready, retriesAllowed: retries, linksAllowed: links,
                onSilence: onSilence), now: now)
        take()
    }

    /// Claims a pack of those tasks, an hour each.
    @discardableResult
    mutating func claim(_ pack: String, _ tasks: [Int], hold: Amount = Amount(units: 2)) throws
        -> [AttemptKey]
    {
        let proposal = PackProposal(
            pack: PackID(pack), agent: Consortium.agent, site: Consortium.site,
            partition: Consortium.partition,
            mustStartBy: now.adding(seconds: 14 * 86_400),
            resources: Resources(walltimeSeconds: 3600 * Int64(tasks.count)),
            graceSeconds: 60,
            members: tasks.map { .init(task: Consortium.task($0), budget: Consortium.budget, hold: hold) })
        defer { take() }
        return try book.claim(proposal, now: now)
    }

    /// One exchange, the agent's scan included where it is due.
    @discardableResult
    mutating func exchange(declining: String? = nil) -> CoordinatorReply {
        if journal.nextActions(now: now) == [.scan] { journal.scanned([], now: now) }
        let document = journal.document(freshSession: SessionID(fresh("session")))
        let reply = answer(document)
        _ = journal.apply(reply, freshJournal: JournalID(fresh("j")), now: now) { _ in declining }
        return reply
    }

    /// What the coordinator answers to a document.
    mutating func answer(_ document: AgentDocument) -> CoordinatorReply {
        var reply = book.apply(document, now: now)
        book.reconcile(document, into: &reply, now: now)
        reply.offers = book.offer(answering: document, into: &reply, now: now).map { offer($0) }
        take()
        return reply
    }

    /// Exchanges until the agent has a session and nothing is new.
    mutating func settleDown() { for _ in 0..<6 { exchange() } }

    private func offer(_ pack: PackID) -> Offer {
        let members = book.offeredMembers(of: pack)
        let first = members.first.flatMap { book.attempts[$0] }
        var spec = TaskSpec(
            name: "t", kind: .evaluation, activity: "evaluation", partner: PartnerID("ut"),
            member: MemberID("ana"),
            program: "true", resources: Resources(walltimeSeconds: 3600))
        spec.failureRules = failureRules
        return Offer(
            pack: pack, partition: Consortium.partition, account: "project_1",
            resources: Resources(walltimeSeconds: first?.walltimeSeconds ?? 3600), graceSeconds: 60,
            mustStartBy: first?.mustStartBy ?? now, openSeconds: 180,
            members: members.map {
                .init(
                    attempt: $0, spec: spec, inputs: [], budget: Consortium.budget,
                    hold: book.attempts[$0]?.holdSize ?? .zero)
            })
    }

    mutating func take() {
        effects += book.effects
        book.effects = []
    }

    /// The pack is offered, accepted, confirmed and submitted as job 7.
    mutating func submit(_ pack: String) {
        settleDown()
        if let submission = journal.intend(PackID(pack), now: now),
            journal.runFolderMade(
                PackID(pack), existedAlready: false, emptySlots: submission.emptySlots, now: now)
        {
            journal.submitted(PackID(pack), job: "7")
        }
        exchange()
    }

    /// Job 7 has the start marker, and these members' folders say so much.
    mutating func look(
        _ pack: String, _ members: [AttemptKey: PackEvidence.Member], queued: [String] = ["7"],
        host: String = "n1"
    ) -> [AgentAction] {
        let evidence = PackEvidence(
            marker: .job(id: "7", host: host, at: now), members: members, heartbeat: now, queued: queued,
            rows: [])
        return journal.looked(PackID(pack), evidence, now: now)
    }

    /// The record of job 7 is final: it held one node so long.
    mutating func readRecord(_ pack: String, seconds: Int64, billing: Int64? = nil) {
        var row = JobRow(job: "7", state: .completed, start: now, seconds: seconds)
        row.billing = billing
        let evidence = PackEvidence(
            marker: .job(id: "7", host: "n1", at: now), heartbeat: now, queued: [], rows: [row])
        _ = journal.recordRead(PackID(pack), JobReading(evidence: evidence, readAt: now), now: now)
    }

    func member(_ outcome: Outcome?, seconds: Int64 = 60, progress: Int64 = 0) -> PackEvidence.Member {
        PackEvidence.Member(
            marker: .job(id: "7", host: "n1", at: now),
            finish: outcome.map { AttemptEnd(outcome: $0, at: now, progress: progress) }, ranSeconds: seconds)
    }

    func task(_ index: Int) -> TaskRecord? { book.tasks[Consortium.task(index)] }
    var account: BudgetAccount? { book.budgets[Consortium.budget] }
}
