import APIClient
import Federation

@testable import SiteAgent

/// A coordinator in this process: the book's own rules, and a depot in memory. Only the way to it is short.
actor TestCoordinator {
    private(set) var book: Book
    private var specs: [TaskID: TaskSpec] = [:]
    private var inputs: [TaskID: [StagedInput]] = [:]
    private(set) var depot: [String: [UInt8]] = [:]
    private(set) var metrics: [JSONValue] = []
    private(set) var logs: [String] = []
    /// The byte behind the last piece.
    private(set) var logEnd: Int64 = 0
    private(set) var keptEvents: [String] = []
    private(set) var isAway = false
    /// What agents said that could not write their journals.
    private(set) var notices: [AgentDocument] = []
    /// What the newest document said that keeps the agent from taking anything.
    private(set) var trouble: String?
    private(set) var capacity: [PartitionCapacity] = []
    private var wantedLogs: [CoordinatorReply.LogRequest] = []
    private var submitted = 0
    let mustStartSeconds: Int64
    private let account: String

    init(_ agents: [AgentIdentity], mustStartSeconds: Int64 = 600, account: String = "a") {
        self.account = account
        self.mustStartSeconds = mustStartSeconds
        book = Book(instance: TestPack.instance, generation: 1)
        var budget = BudgetAccount(
            id: BudgetID("b"), allocation: AllocationID("a"), periodEnd: .distantFuture)
        budget.granted = Amount(units: 1000)
        budget.available = budget.granted
        book.budgets[budget.id] = budget
        for identity in agents {
            book.agents[identity.agent] = AgentRecord(id: identity.agent, site: identity.site)
            book.prices[identity.site] = PriceList(
                site: identity.site, unit: "core-hour",
                tariffs: [
                    Tariff(
                        partition: PartitionID("local"), from: .distantPast,
                        terms: [TariffTerm(measure: .cores)],
                        source: "test", verified: true)
                ])
        }
    }

    private var now: Instant { WallClock().now() }

    /// Submits a task that runs that script; answers its name.
    func submit(
        _ script: String, nodes: Int = 1, ranks: Int = 1, cores: Int = 1, walltime: Int64 = 60,
        outputs: [TaskOutput] = [], inputs: [StagedInput] = []
    ) -> TaskID {
        submitted += 1
        let id = TaskID(submission: SubmissionID("s\(RandomName.make())"), index: submitted)
        var spec = TaskSpec(
            name: "t\(submitted)", kind: .data, activity: "test", partner: PartnerID("p"),
            member: MemberID("m"),
            program: "/bin/sh", arguments: ["-c", script],
            resources: Resources(
                nodes: nodes, ranksPerNode: ranks, coresPerNode: cores, memoryMiBPerNode: 100,
                walltimeSeconds: walltime))
        spec.outputs = outputs
        spec.signalSecondsBeforeEnd = 0
        specs[id] = spec
        self.inputs[id] = inputs
        _ = book.enter(TaskRecord(id: id, state: .ready, retriesAllowed: 0), now: now)
        return id
    }

    func cancel(_ id: TaskID) { book.cancel(task: id, now: now) }
    func put(_ bytes: [UInt8]) -> String {
        let hash = ContentHash.of(bytes)
        depot[hash] = bytes
        return hash
    }
    func spoil(_ hash: String) { depot[hash]?.append(0) }
    /// What ended by the site's doing is placed again at once.
    func hurry() {
        book.settings.backOffSeconds = 0
        book.settings.maximumBackOffSeconds = 0
    }
    func setAway(_ away: Bool) { isAway = away }
    func want(_ log: CoordinatorReply.LogRequest) { wantedLogs.append(log) }
    func state(_ id: TaskID) -> TaskState? { book.tasks[id]?.state }
    func attempts(_ id: TaskID) -> [AttemptRecord] {
        book.attempts.values.filter { $0.key.task == id }.sorted { $0.key < $1.key }
    }
    var budgetFault: String? { book.budgets[BudgetID("b")]?.fault }

    /// Whether everything of the task is settled, its hold given back; one that ended without an attempt is.
    func isSettled(_ id: TaskID) -> Bool {
        let all = attempts(id)
        if all.isEmpty { return book.tasks[id]?.state.hasEnded ?? false }
        return all.allSatisfy { $0.state == .settled || $0.state.isBurnt }
            && all.allSatisfy { $0.hold == .zero }
    }

    func exchange(_ document: AgentDocument) -> CoordinatorReply {
        trouble = document.trouble
        capacity = document.capacity
        if document.kind == .notice { notices.append(document) }
        var reply = book.apply(document, now: now)
        book.reconcile(document, into: &reply, now: now)
        if reply.reconciled {
            propose(document)
            for pack in book.offer(answering: document, into: &reply, now: now) {
                reply.offers.append(offer(pack))
            }
            reply.logs = wantedLogs
            wantedLogs = []
        }
        for effect in book.effects {
            switch effect {
            case .metrics(_, let value): metrics.append(value)
            case .log(_, let offset, let bytes, let text):
                logs.append(text)
                logEnd = offset + bytes
            case .keptEvent(_, _, let reason): keptEvents.append(reason)
            default: break
            }
        }
        book.effects = []
        return reply
    }

    private func propose(_ document: AgentDocument) {
        guard document.capacity.contains(where: { $0.freeJobs > 0 }) else { return }
        for (id, task) in book.tasks.sorted(by: { $0.key < $1.key }) where task.state == .ready {
            guard let spec = specs[id], let agent = book.agents[document.agent] else { continue }
            _ = try? book.claim(
                PackProposal(
                    pack: PackID(RandomName.make()), agent: agent.id, site: agent.site,
                    partition: PartitionID("local"), mustStartBy: now.adding(seconds: mustStartSeconds),
                    resources: spec.resources, graceSeconds: 30,
                    members: [.init(task: id, budget: BudgetID("b"), hold: Amount(units: 1))]), now: now)
        }
    }

    private func offer(_ pack: PackID) -> Offer {
        let keys = book.offeredMembers(of: pack)
        let first = keys.compactMap { book.attempts[$0] }.first
        let members = keys.compactMap { key -> Offer.Member? in
            guard let spec = specs[key.task], let attempt = book.attempts[key] else { return nil }
            return Offer.Member(
                attempt: key, spec: spec, inputs: inputs[key.task] ?? [], budget: BudgetID("b"),
                hold: attempt.holdSize)
        }
        return Offer(
            pack: pack, partition: PartitionID("local"), account: account,
            resources: members.first?.spec.resources ?? Resources(walltimeSeconds: 60), graceSeconds: 30,
            mustStartBy: first?.mustStartBy ?? now, openSeconds: 180, members: members)
    }
}

/// The short way to the coordinator in this process.
struct TestLink: CoordinatorLink {
    let coordinator: TestCoordinator

    private func reach() async throws(ClientError) {
        if await coordinator.isAway {
            throw ClientError(kind: .refused, title: "nobody is there", detail: "")
        }
    }

    func exchange(_ document: AgentDocument, waitSeconds: Int64) async throws(ClientError) -> CoordinatorReply
    {
        try await reach()
        // Short polls stand in for a parked one.
        if waitSeconds > 0 { try? await Task.sleep(for: .milliseconds(100)) }
        if Task.isCancelled { throw ClientError(kind: .cancelled, title: "given up", detail: "") }
        return await coordinator.exchange(document)
    }
    func chunk(_ sha256: String) async throws(ClientError) -> [UInt8] {
        try await reach()
        guard let bytes = await coordinator.depot[sha256] else {
            throw ClientError(kind: .problem, status: 404, title: "not found", detail: "no such chunk")
        }
        return bytes
    }
    func missing(_ chunks: [String]) async throws(ClientError) -> [String] {
        try await reach()
        let depot = await coordinator.depot
        return chunks.filter { depot[$0] == nil }
    }
    func put(_ bytes: [UInt8], sha256: String) async throws(ClientError) {
        try await reach()
        guard await coordinator.put(bytes) == sha256 else {
            throw ClientError(kind: .problem, status: 422, title: "wrong hash", detail: "")
        }
    }
}
