import Federation

/// Drives the production `Book`: one exchange is a chain of transactions with pauses and kills between them, as the
/// daemon's is.
final class SimulatedCoordinator {
    let world: World
    unowned let scenario: Scenario
    var book: Book
    private(set) var isUp = true
    private var incarnation = 0
    private var newestGeneration: Int64 = 1
    private var saved: Book?
    private let kills: Double
    private let packing: Int
    /// The least that was ever booked as final for an attempt, thousandths.
    var leastSettled: [AttemptKey: Int64] = [:]
    /// Completions taken, with the generation that took them.
    var completions: [TaskID: [(fence: Fence, generation: Int64)]] = [:]
    private var transactions = 0
    /// Where each attempt stood after the last transaction.
    private var states: [AttemptKey: AttemptState] = [:]

    init(world: World, scenario: Scenario, kills: Double) {
        self.world = world
        self.scenario = scenario
        self.kills = kills
        packing = world.random.pick([1, 2, 3])
        var settings = ExchangeSettings()
        settings.offerSeconds = Int64(World.offerOpen * 60)
        settings.acceptedSilenceSeconds = Int64(3 * World.offerOpen * 60)
        settings.mustStartSeconds = Int64(World.mustStart * 60)
        settings.clockSkewSeconds = Int64(World.skew * 60)
        settings.silenceSeconds = 40 * 60
        settings.reReadSeconds = [20, 40, 60, 80, 120, 180, 240, 300, 360, 420, 480, 600].map { $0 * 60 }
        settings.backOffSeconds = 60
        settings.maximumBackOffSeconds = 20 * 60
        settings.disabled = world.disabled
        book = Book(instance: InstanceID("sim"), generation: 1, settings: settings)
    }

    var hasBackup: Bool { saved != nil }

    // MARK: - Life

    func kill() {
        guard isUp else { return }
        isUp = false
        incarnation += 1
        world.count(.coordinatorKilled)
        world.log("COORDINATOR killed")
        start(after: world.random.pick([0.5, 5, 30]))
    }

    private func start(after delay: Double) {
        let started = incarnation
        world.after(delay) {
            guard started == self.incarnation else { return }
            self.isUp = true
            self.world.log("COORDINATOR up")
        }
    }

    func backUp() {
        saved = book
        world.log("BACKUP taken")
    }

    func restore() {
        guard let saved else { return }
        world.count(.bookRestored)
        world.log("BOOK restored")
        book = saved
        states = book.attempts.mapValues(\.state)
        newestGeneration += 1
        book.beginGeneration(newestGeneration, now: world.instant)
        isUp = false
        incarnation += 1
        start(after: 3)
    }

    // MARK: - Exchange

    func receive(_ document: AgentDocument, answer: @escaping (CoordinatorReply) -> Void) {
        guard isUp else { return }
        var reply = book.apply(document, now: world.instant)
        committed("applied \(document.kind) \(document.number) of \(document.agent)/\(document.journal)")
        next {
            self.book.reconcile(document, into: &reply, now: self.world.instant)
            self.committed("reconciled \(document.number) of \(document.agent)")
            self.next {
                guard reply.reconciled else { return answer(reply) }
                if self.book.agents[document.agent]?.session == document.session
                    || !self.world.enforces(.displacedGetsNothing)
                {
                    self.propose(for: document.agent)
                }
                for pack in self.book.offer(answering: document, into: &reply, now: self.world.instant) {
                    if let offer = self.offer(pack) { reply.offers.append(offer) }
                }
                self.committed("offered")
                self.next { answer(reply) }
            }
        }
    }

    /// Between two transactions anything may happen: a kill, a pause, a restore.
    private func next(_ work: @escaping () -> Void) {
        guard world.isFaulty else { return work() }
        if world.random.chance(0.006 * kills) { return kill() }
        guard world.random.chance(0.04) else { return work() }
        let mine = incarnation
        world.after(world.random.unit() * 20) {
            if mine == self.incarnation { work() }
        }
    }

    private func offer(_ pack: PackID) -> Offer? {
        let members = book.offeredMembers(of: pack)
        guard let first = members.first.flatMap({ book.attempts[$0] }) else { return nil }
        var nodes = 1
        let offered = members.compactMap { key -> Offer.Member? in
            guard let attempt = book.attempts[key], let budget = attempt.budget else { return nil }
            let task = scenario.tasks[key.task.index]
            nodes = task.nodes
            return Offer.Member(
                attempt: key, spec: task.spec, inputs: [], budget: budget, hold: attempt.holdSize)
        }
        return Offer(
            pack: pack, partition: first.partition, account: "account",
            resources: Resources(nodes: nodes, walltimeSeconds: first.walltimeSeconds),
            graceSeconds: first.graceSeconds, mustStartBy: first.mustStartBy,
            openSeconds: book.settings.offerSeconds, members: offered)
    }

    /// Placement: whatever is ready, alone or in packs.
    private func propose(for agent: AgentID) {
        guard let site = scenario.sites.first(where: { scenario.agentID($0.index) == agent }) else { return }
        var fitting: [SimulatedTask] = []
        for task in scenario.tasks where task.sites.contains(site.index) {
            guard let record = book.tasks[task.id], record.state == .ready, world.random.chance(0.6) else {
                continue
            }
            fitting.append(task)
        }
        while let first = fitting.first {
            fitting.removeFirst()
            var pack = [first]
            if first.packable, packing > 1 {
                for other in fitting
                where other.packable && other.nodes == first.nodes && pack.count < packing {
                    pack.append(other)
                }
                fitting.removeAll { other in pack.contains { $0.id == other.id } }
            }
            claim(pack, for: agent, site)
        }
    }

    private func claim(_ tasks: [SimulatedTask], for agent: AgentID, _ site: SimulatedSite) {
        let walltime = tasks.reduce(0) { $0 + $1.walltime }
        let proposal = PackProposal(
            pack: PackID(world.freshID("P")), agent: agent, site: site.id, partition: site.partition,
            mustStartBy: world.instant.adding(seconds: book.settings.mustStartSeconds),
            resources: Resources(walltimeSeconds: Int64(walltime * 60)),
            graceSeconds: Int64(World.grace * 60),
            members: tasks.map { .init(task: $0.id, budget: scenario.budgetID(site.index), hold: $0.hold) })
        do {
            let keys = try book.claim(proposal, now: world.instant)
            if keys.count > 1 { world.count(.packOfSeveral) }
            world.log("COORDINATOR claims \(proposal.pack) \(keys) for \(agent)")
            scenario.aim(.offered, site: site.index)
        } catch {
            if tasks.count > 1 { for task in tasks { claim([task], for: agent, site) } }
        }
    }

    // MARK: - What time and users bring

    func sweep() {
        world.after(5) { self.sweep() }
        guard isUp else { return }
        book.sweep(now: world.instant)
        committed("swept")
    }

    func submit(_ index: Int) {
        guard isUp else { return world.after(3) { self.submit(index) } }
        let task = scenario.tasks[index]
        if book.enter(task.record, now: world.instant) { world.log("USER submits \(task.id)") }
        scenario.tasks[index].wasSubmitted = true
        committed("entered")
    }

    func cancel(_ id: TaskID) {
        guard isUp, let task = book.tasks[id], !task.state.hasEnded else { return }
        world.count(.userCancelled)
        world.log("USER cancels \(id)")
        book.cancel(task: id, now: world.instant)
        committed("cancelled")
    }

    /// After each transaction: what the judge must remember, and what must always hold.
    private func committed(_ what: @autoclosure () -> String) {
        for effect in book.effects { note(effect) }
        book.effects.removeAll(keepingCapacity: true)
        if world.isTraced { world.log("COORDINATOR \(what())") }
        transactions += 1
        for (key, attempt) in book.attempts where states[key] != attempt.state {
            if let before = states.updateValue(attempt.state, forKey: key) {
                world.moves.insert(.init(from: before, to: attempt.state))
            }
        }
        for violation in Invariants.violations(in: book) { world.failures.append("invariant: \(violation)") }
    }

    private func note(_ effect: Effect) {
        switch effect {
        case .entry(let entry):
            guard let key = entry.attempt, let charged = book.attempts[key]?.charged.thousandths else {
                return
            }
            leastSettled[key] = min(leastSettled[key] ?? charged, charged)
            world.log("COORDINATOR books \(entry.kind) of \(key): \(entry.amount.thousandths / 1000)")
            if let site = book.attempts[key]?.agent { scenario.aim(.settled, site: scenario.index(of: site)) }
        case .taskEnded(let id, .completed):
            guard let fence = book.tasks[id]?.completedBy else { return }
            if let taken = completions[id]?.last(where: { $0.generation == book.generation }) {
                world.failures.append("\(id) was completed by \(taken.fence) and again by \(fence)")
            }
            completions[id, default: []].append((fence, book.generation))
            world.log("COORDINATOR: \(id) completed by \(fence)")
        case .taskEnded(let id, let state):
            world.log("COORDINATOR: \(id) \(state)")
        case .taskReady(let id, _):
            world.log("COORDINATOR: \(id) ready")
        case .alarm(let name, let text):
            world.log("COORDINATOR alarm \(name): \(text)")
        case .history(let key, let text):
            if text.hasPrefix("its site has been silent") { world.count(.silenceRequeued) }
            world.log("COORDINATOR: \(key) \(text)")
        case .keptEvent(_, let event, let reason):
            world.log("COORDINATOR keeps \(event.number): \(reason)")
        default:
            break
        }
    }
}
