import Federation

/// One seeded run: two sites, a few tasks, and everything that can go wrong with them.
final class Scenario {
    /// The telling moments that faults are aimed at.
    enum Moment { case offered, made, started, finished, settled }

    let world: World
    let network: SimulatedNetwork
    private(set) var sites: [SimulatedSite] = []
    private(set) var agents: [SimulatedAgent] = []
    private var coordinators: [SimulatedCoordinator] = []
    var tasks: [SimulatedTask] = []
    var runs: [ProgramRun] = []
    /// How often a busy agent exchanges, minutes.
    let pace: Double
    let kills: Double
    private let aimed: Double
    private let hasCourier: Bool

    var coordinator: SimulatedCoordinator { coordinators[0] }

    init(seed: UInt64, level: Int, disabled: Set<Clause> = [], isTraced: Bool = false) {
        world = World(seed: seed, level: level, disabled: disabled, isTraced: isTraced)
        pace = world.random.pick([1.5, 4])
        kills = world.random.pick([0, 1, 2])
        aimed = world.random.pick([0, 0.1, 0.3])
        hasCourier = world.random.chance(0.15)
        network = SimulatedNetwork(world: world, sites: 2)
        coordinators = [SimulatedCoordinator(world: world, scenario: self, kills: kills)]
        for index in 0..<2 { addSite(index) }
        let count = world.random.pick([2, 3, 4, 6])
        let packable = world.random.chance(0.5)
        for index in 0..<count { addTask(index, packable: packable) }
        for _ in 0..<world.random.pick([0, 1, 2]) {
            world.after(world.random.uniform(1, World.healed)) { self.coordinator.kill() }
        }
        world.after(5) { self.coordinator.sweep() }
        planJournalFaults()
        planRestores()
        world.after(World.healed + 60) { self.watch() }
    }

    /// Whether the site has no network outwards, and a courier carries its bundles.
    func isCourier(_ site: Int) -> Bool { site == 1 && hasCourier }
    func agentID(_ site: Int) -> AgentID { AgentID(site == 0 ? "A" : "B") }
    func budgetID(_ site: Int) -> BudgetID { BudgetID(site == 0 ? "bA" : "bB") }
    func index(of agent: AgentID) -> Int { agent.rawValue == "A" ? 0 : 1 }

    private func addSite(_ index: Int) {
        let site = SimulatedSite(world: world, index: index, scenario: self)
        sites.append(site)
        let granted = Amount(thousandths: world.random.pick([60, 100, 150, 900]) * 60 * 2 * 1000)
        var budget = BudgetAccount(
            id: budgetID(index), allocation: AllocationID("a\(index)"), periodEnd: .distantFuture)
        budget.granted = granted
        budget.available = granted
        coordinator.book.budgets[budget.id] = budget
        coordinator.book.agents[agentID(index)] = AgentRecord(id: agentID(index), site: site.id)
        coordinator.book.prices[site.id] = PriceList(
            site: site.id, unit: "node-hours",
            tariffs: [
                Tariff(
                    partition: site.partition, from: .distantPast, terms: [.init(measure: .node)],
                    source: "here")
            ])
        let agent = SimulatedAgent(world: world, site: site, scenario: self)
        agents.append(agent)
        world.after(world.random.unit() * 3) { agent.start() }
        for _ in 0..<world.random.pick([0, 0, 1, 3]) {
            let from = world.random.uniform(5, World.healed - 60)
            network.cut(
                site: index, world.random.pick([[.toCoordinator], [.toAgent], [.toCoordinator, .toAgent]]),
                from: from,
                to: from + world.random.pick([10, 60, 300]))
        }
        for _ in 0..<world.random.pick([0, 1, 2]) {
            let from = world.random.uniform(0, World.healed)
            site.queueDown.append((from, min(World.healed, from + world.random.pick([3, 20, 90]))))
        }
        for _ in 0..<world.random.pick([0, 1, 2]) {
            let from = world.random.uniform(0, World.healed)
            site.accountingDown.append((from, min(World.healed, from + world.random.pick([3, 20, 90]))))
        }
        for _ in 0..<world.random.pick([0, 1, 2]) {
            world.after(world.random.uniform(5, World.healed)) { site.killController() }
        }
        for _ in 0..<world.random.pick([0, 1, 3]) {
            world.after(world.random.uniform(1, World.healed)) { agent.kill() }
        }
    }

    private func addTask(_ index: Int, packable: Bool) {
        let walltime = world.random.pick([20.0, 40, 80])
        let nodes = packable ? 1 : world.random.pick([1, 2])
        let spec = TaskSpec(
            name: "t\(index)", kind: .evaluation, activity: "evaluation", partner: PartnerID("p"),
            member: MemberID("m"), program: "program", resources: Resources(nodes: nodes, walltimeSeconds: 60)
        )
        let task = SimulatedTask(
            id: TaskID(submission: SubmissionID("s"), index: index),
            sites: world.random.pick([[0], [0, 1], [0, 1]]),
            walltime: walltime, nodes: nodes, duration: walltime * world.random.pick([0.2, 0.6, 0.9, 1.05]),
            linksWanted: walltime == 20 ? world.random.pick([0, 0, 1, 2]) : 0,
            retries: world.random.pick([0, 0, 1]),
            onSilence: world.random.chance(0.3) ? .requeue : .park, packable: packable, spec: spec)
        tasks.append(task)
        let at = world.random.chance(0.6) ? world.random.uniform(0, 30) : world.random.uniform(0, 250)
        world.after(at) { self.coordinator.submit(index) }
        if world.random.chance(packable ? 0.35 : 0.2) {
            world.after(world.random.uniform(10, 300)) { self.coordinator.cancel(task.id) }
        }
        if world.random.chance(0.08) {
            world.after(world.random.uniform(20, 300)) { self.cancelJobs(of: task.id) }
        }
    }

    /// Somebody at the site cancels jobs behind our back.
    private func cancelJobs(of task: TaskID) {
        for site in sites {
            for job in site.jobs where job.isActive && job.members.contains(where: { $0.task == task }) {
                world.count(.jobCancelledByOthers)
                site.stop(job, .cancelled)
            }
        }
    }

    // MARK: - Journals and books that are lost, old or doubled

    private func planJournalFaults() {
        guard world.level == 2 || world.level == 3 && world.random.chance(0.6) else { return }
        for _ in 0..<world.random.pick([1, 1, 2, 3]) {
            let site = world.random.index(2)
            let chance = world.random.unit()
            let at = world.random.uniform(10, World.healed - 40)
            if chance < 0.35 {
                world.after(at) { self.loseJournal(site) }
            } else if chance < 0.7 {
                let later = world.random.pick([world.random.uniform(1, 15), world.random.uniform(5, 150)])
                world.after(at) { self.copyJournal(site, backIn: later) }
            } else {
                let length = world.random.uniform(5, 100)
                world.after(at) { self.double(site, for: length) }
            }
        }
    }

    private func loseJournal(_ site: Int) {
        world.count(.journalLost)
        world.log("JOURNAL of \(agentID(site)) lost")
        agents[site].kill()
        agents[site].journal = nil
    }

    private func copyJournal(_ site: Int, backIn delay: Double) {
        guard let copy = agents[site].journal else { return }
        world.log("JOURNAL of \(agentID(site)) copied")
        world.after(min(delay, max(0, World.healed - 5 - world.now))) {
            self.world.count(.journalOld)
            self.world.log("JOURNAL of \(self.agentID(site)) put back")
            self.agents[site].kill()
            self.agents[site].journal = copy
        }
    }

    private func double(_ site: Int, for length: Double) {
        guard let copy = agents[site].journal else { return }
        world.count(.agentDoubled)
        let second = SimulatedAgent(world: world, site: sites[site], scenario: self, journal: copy, tag: "'")
        second.start()
        world.after(length) { second.end() }
    }

    private func planRestores() {
        guard world.level == 3 else { return }
        for _ in 0..<world.random.pick([1, 1, 2]) {
            let from = world.random.uniform(5, World.healed - 50)
            var at = from + world.random.pick([world.random.uniform(1, 20), world.random.uniform(5, 200)])
            world.after(from) { self.coordinator.backUp() }
            for _ in 0..<world.random.pick([1, 1, 1, 2]) {
                world.after(min(at, World.healed - 5) + world.random.unit()) { self.restore() }
                at += world.random.uniform(5, 80)
            }
        }
    }

    private func restore() {
        guard coordinator.hasBackup else { return }
        coordinator.restore()
        for (index, task) in tasks.enumerated()
        where task.wasSubmitted && coordinator.book.tasks[task.id] == nil {
            // Users send again, under their key, what the book has forgotten.
            world.count(.resubmitted)
            world.after(world.random.uniform(3, 60)) { self.coordinator.submit(index) }
        }
    }

    // MARK: - Aimed faults

    func aim(_ moment: Moment, site: Int) {
        guard world.isFaulty, world.random.chance(aimed) else { return }
        let delay = world.random.pick([0, world.random.uniform(0, 2), world.random.uniform(0, 12)])
        guard let fault = fault(at: moment, site: site, delay: delay), world.now + delay < World.healed - 10
        else {
            return
        }
        world.after(delay, fault)
    }

    private func fault(at moment: Moment, site: Int, delay: Double) -> (() -> Void)? {
        let chance = world.random.unit()
        let isEarly = moment == .made || moment == .started
        if world.level == 3 {
            if moment == .offered, chance < 0.25, world.now < World.healed - 80 {
                // A backup of an open offer, back after it was burnt.
                world.after(world.random.uniform(1, 20)) { self.coordinator.backUp() }
                world.after(world.random.uniform(26, 50)) { self.restore() }
                return cutNow(site, world.random.pick([20, 40]))
            }
            if moment == .offered, chance < 0.4 { return { self.coordinator.backUp() } }
            if isEarly, chance < 0.35 { return { self.restore() } }
        }
        if isEarly, chance < 0.5 { return { self.sites[site].killController() } }
        if chance < 0.45 { return { self.agents[site].kill() } }
        if chance < 0.55 { return { self.coordinator.kill() } }
        if chance < 0.65 { return cutNow(site, world.random.pick([10, 60, 200])) }
        if world.level == 1 { return { self.agents[site].kill() } }
        if world.level == 3, chance < 0.75 { return { self.coordinator.backUp() } }
        if world.level == 3, chance < 0.85 { return { self.restore() } }
        if chance < 0.9 { return { self.loseJournal(site) } }
        let length = world.random.uniform(1, 60)
        if chance < 0.96 { return { self.copyJournal(site, backIn: length) } }
        return { self.double(site, for: length) }
    }

    private func cutNow(_ site: Int, _ length: Double) -> () -> Void {
        let directions = world.random.pick(
            [[SimulatedNetwork.Direction.toCoordinator], [.toAgent], [.toCoordinator, .toAgent]])
        return {
            self.network.cut(site: site, directions, from: self.world.now, to: self.world.now + length)
        }
    }

    // MARK: - Running

    /// Once all faults are over: the run ends when everything has come to rest and the judge is content.
    private func watch() {
        let isQuiet = !sites.contains { site in
            site.jobs.contains { $0.state == .pending || $0.state == .running }
        }
        if isQuiet, world.now > World.healed + 60, Judge.verdict(on: self).isEmpty {
            world.isOver = true
        } else {
            world.after(30) { self.watch() }
        }
    }

    /// Runs it and answers what broke, in words; empty when the promise held.
    func run() -> [String] {
        world.run()
        let verdict = world.failures.isEmpty ? Judge.verdict(on: self) : world.failures
        // Agents and coordinator know each other: let go, so that a thousand runs do not pile up.
        agents = []
        sites = []
        coordinators = []
        return verdict
    }

    func checkExposure(at key: AttemptKey) {
        if let words = Judge.exposure(of: self, at: key) { world.failures.append(words) }
    }
}
