import Federation

/// Drives the production `AgentJournal` as the site agent does: give it an input, let it be persisted, act. Between any
/// two steps the process may be killed or pause.
final class SimulatedAgent {
    let world: World
    let site: SimulatedSite
    let id: AgentID
    let tag: String
    unowned let scenario: Scenario
    /// The journal on disk; nil when it was lost.
    var journal: AgentJournal?
    private var isAlive = false
    private var isGone = false
    private var incarnation = 0
    private var work: [() -> Void] = []
    private var queue: [(pack: PackID, job: String)]?
    private var isWaiting = false
    private var sentHello = false
    /// Bundles that the courier has brought and that have not been read.
    private var bundles: [CoordinatorReply] = []

    init(
        world: World, site: SimulatedSite, scenario: Scenario, journal: AgentJournal? = nil, tag: String = ""
    ) {
        self.world = world
        self.site = site
        self.scenario = scenario
        self.journal = journal
        self.tag = tag
        id = scenario.agentID(site.index)
    }

    // MARK: - Life

    func start() {
        guard !isAlive, !isGone else { return }
        isAlive = true
        isWaiting = false
        incarnation += 1
        work = []
        world.log("AGENT \(id)\(tag) starts, journal \(journal?.head.journal.rawValue ?? "none")")
        if journal == nil {
            var settings = AgentSettings()
            settings.heartbeatSilentSeconds = Int64(World.heartbeatSilent * 60)
            settings.estimateAfterSeconds = 40 * 60
            settings.usageEverySeconds = 10 * 60
            settings.eventsPerDocument = world.random.pick([3, 1000])
            settings.disabled = world.disabled
            journal = AgentJournal(
                instance: InstanceID("sim"), agent: id, runRoot: RunRootID("root\(site.index)"),
                journal: JournalID(world.freshID("j")),
                mode: scenario.isCourier(site.index) ? .courier : .serve,
                settings: settings)
        }
        journal?.started()
        wake(after: world.random.unit() * 0.5)
    }

    func kill() {
        guard isAlive else { return }
        isAlive = false
        incarnation += 1
        work = []
        world.count(.agentKilled)
        world.log("AGENT \(id)\(tag) killed")
        world.after(world.random.pick([0.2, 3, 30, 60])) { self.start() }
    }

    /// The second agent of an identity ends for good.
    func end() {
        isGone = true
        isAlive = false
        incarnation += 1
        work = []
        world.log("SECOND AGENT \(id) ends")
    }

    private func wake(after delay: Double) {
        let mine = incarnation
        world.after(delay) {
            if mine == self.incarnation { self.cycle() }
        }
    }

    /// Takes the steps that are due; between two of them a kill or a pause.
    private func go() {
        while !work.isEmpty {
            if world.isFaulty {
                let chance = world.random.unit()
                if chance < 0.012 * scenario.kills { return kill() }
                if chance < 0.05 {
                    let mine = incarnation
                    world.after(world.random.unit() * world.random.pick([1, 5, 30])) {
                        if mine == self.incarnation { self.step() }
                    }
                    return
                }
            }
            let next = work.removeFirst()
            next()
            if isWaiting || !isAlive { return }
        }
        rest()
    }

    private func step() {
        guard !work.isEmpty else { return rest() }
        work.removeFirst()()
        if !isWaiting, isAlive { go() }
    }

    private func rest() {
        if journal?.isBehind == true, journal?.mayAct == true { return wake(after: 0.3) }
        let pace = journal?.isBusy == true ? scenario.pace : 9
        wake(after: pace * (world.now < World.healed + 300 ? 1 : 2) * world.random.uniform(0.7, 1.3))
    }

    /// Work that goes before everything that is left of this cycle.
    private func first(_ steps: [() -> Void]) { work.insert(contentsOf: steps, at: 0) }

    // MARK: - One cycle

    private func cycle() {
        guard let journal else { return }
        let actions = journal.nextActions(now: site.clock)
        if actions == [.scan] {
            work.append { self.scan() }
        } else {
            work.append { self.exchange() }
        }
        go()
    }

    private func scan() {
        guard site.squeue() != nil else { return }
        queue = site.squeue()
        var found: [FoundRunFolder] = []
        for (pack, folder) in site.folders {
            var evidence = site.look(pack)
            evidence.queued = queue?.filter { $0.pack == pack }.map(\.job)
            found.append(
                FoundRunFolder(
                    pack: pack, attempts: folder.attempts, offers: folder.offers, offer: folder.offer,
                    evidence: evidence))
        }
        found.sort { $0.pack < $1.pack }
        let now = site.clock
        first([
            { self.journal?.scanned(found, now: now) },
            { self.exchange() },
        ])
    }

    private func exchange() {
        guard let document = journal?.document(freshSession: SessionID(world.freshID("s"))) else { return }
        first([{ self.send(document) }])
    }

    private func send(_ document: AgentDocument) {
        if document.mode == .courier { return hand(document) }
        isWaiting = true
        sentHello = document.kind == .hello
        let mine = incarnation
        let network = scenario.network
        let index = site.index
        let coordinator = scenario.coordinator
        world.log("AGENT \(id)\(tag) sends \(document.kind) \(document.number) \(summary(document))")
        network.send(site: index, .toCoordinator) {
            coordinator.receive(document) { reply in
                network.send(site: index, .toAgent) { self.receive(reply, mine) }
            }
        }
        world.after(5) {
            guard mine == self.incarnation, self.isWaiting, self.journal?.awaited == document.number else {
                return
            }
            self.journal?.exchangeFailed()
            self.isWaiting = false
            self.act()
        }
    }

    /// A bundle for the courier, who takes his time; nobody waits for him.
    private func hand(_ document: AgentDocument) {
        world.log("AGENT \(id)\(tag) hands over \(document.kind) \(document.number) \(summary(document))")
        world.count(.carried)
        let network = scenario.network
        let index = site.index
        let coordinator = scenario.coordinator
        world.after(world.random.uniform(0, 10)) {
            network.send(site: index, .toCoordinator) {
                coordinator.receive(document) { reply in
                    self.world.after(self.world.random.uniform(0, 10)) {
                        network.send(site: index, .toAgent) { self.bundles.append(reply) }
                    }
                }
            }
        }
        let read = bundles
        bundles = []
        first(read.map { reply in { self.read(reply) } } + [{ self.plan() }])
    }

    private func read(_ reply: CoordinatorReply) {
        let outcome = journal?.apply(reply, freshJournal: JournalID(world.freshID("j")), now: site.clock) {
            _ in
            self.world.random.chance(0.05) ? "no room" : nil
        }
        world.log(
            "AGENT \(id)\(tag) reads \(reply.answers): \(outcome.map { "\($0)" } ?? "") \(summary(reply))")
    }

    private func summary(_ document: AgentDocument) -> String {
        let list = document.attempts.map { "\($0.attempt):\($0.state)\($0.lookingUp ? "?" : "")" }
        return "\(document.isSnapshot ? "snapshot " : "")\(document.isFull ? "full " : "")\(list) "
            + "\(document.events.count) events to \(document.lastEvent)"
    }

    private func receive(_ reply: CoordinatorReply, _ sender: Int) {
        guard sender == incarnation, isWaiting, isAlive else { return }
        var declines = false
        let outcome = journal?.apply(reply, freshJournal: JournalID(world.freshID("j")), now: site.clock) {
            _ in
            declines = self.world.random.chance(0.05)
            if declines { self.world.count(.declined) }
            return declines ? "no room" : nil
        }
        if outcome == .dropped, journal?.awaited != nil { return }
        world.log(
            "AGENT \(id)\(tag) got \(reply.answers): \(outcome.map { "\($0)" } ?? "") \(summary(reply))")
        isWaiting = false
        if !world.enforces(.historyKept) { removeForgotten() }
        if sentHello, outcome == .applied { return continueWithExchange() }
        act()
    }

    private func continueWithExchange() {
        work.append { self.exchange() }
        go()
    }

    private func summary(_ reply: CoordinatorReply) -> String {
        var words: [String] = []
        if !reply.offers.isEmpty { words.append("offers \(reply.offers.map(\.pack))") }
        if !reply.confirmed.isEmpty { words.append("confirmed \(reply.confirmed)") }
        if !reply.cancel.isEmpty { words.append("cancel \(reply.cancel)") }
        if !reply.lookUp.isEmpty { words.append("lookUp \(reply.lookUp.map(\.attempt))") }
        if !reply.resend.isEmpty { words.append("resend \(reply.resend)") }
        if !reply.reRead.isEmpty { words.append("reRead \(reply.reRead.map(\.attempt))") }
        if !reply.forget.isEmpty { words.append("forget \(reply.forget)") }
        if reply.gap { words.append("gap after \(reply.acknowledged)") }
        if reply.wantsFull { words.append("wants full") }
        if reply.displaced { words.append("displaced") }
        return words.joined(separator: ", ")
    }

    /// What a journal without history would do: throw its run folders away.
    private func removeForgotten() {
        for pack in journal.map({ Array($0.closedPacks.keys) }) ?? [] { site.folders[pack] = nil }
    }

    // MARK: - Acting

    private func act() {
        plan()
        go()
    }

    /// Lays out what there is to do in this cycle.
    private func plan() {
        guard let journal else { return }
        let actions = journal.nextActions(now: site.clock)
        queue = nil
        if actions == [.scan] { return }
        var hasAsked = false
        for action in actions {
            switch action {
            case .exchange, .scan: continue
            case .submit(let pack): work.append { self.submit(pack) }
            default:
                if !hasAsked {
                    hasAsked = true
                    work.append { self.queue = self.site.squeue() }
                }
                work.append { self.perform(action) }
            }
        }
        if world.random.chance(0.3) {
            work.append {
                let shown = Dictionary(grouping: self.site.squeue() ?? [], by: \.pack)
                    .sorted { $0.key < $1.key }
                    .map { QueuedPack(pack: $0, jobs: $1.map(\.job), waits: false) }
                let late = self.journal?.lateJobs(among: shown, now: self.site.clock) ?? []
                for action in late { self.perform(action) }
            }
        }
    }

    private func perform(_ action: AgentAction) {
        switch action {
        case .exchange, .scan, .submit:
            break
        case .look(let pack):
            let now = site.clock
            var evidence = site.look(pack)
            evidence.queued = queue?.filter { $0.pack == pack }.map(\.job)
            first([
                {
                    evidence.rows = self.site.sacct(pack)
                    let evidence = evidence
                    self.first([
                        { self.follow(self.journal?.looked(pack, evidence, now: now) ?? []) }
                    ])
                }
            ])
        case .readRecord(let pack):
            let now = site.clock
            var evidence = site.look(pack)
            evidence.queued = (queue ?? site.squeue())?.filter { $0.pack == pack }.map(\.job)
            evidence.rows = site.sacct(pack)
            let reading = JobReading(evidence: evidence, readAt: now)
            first([{ self.follow(self.journal?.recordRead(pack, reading, now: now) ?? []) }])
        case .takeMarker(let pack):
            takeMarker(pack)
        case .takeMemberMarker(let key):
            guard let pack = journal?.attempts[key]?.pack, site.folders[pack] != nil else { return }
            let holder = site.linkMember(pack, key, .agent).holder
            let now = site.clock
            first([{ self.journal?.memberMarkerTaken(key, by: holder, now: now) }])
        case .endMember(let key):
            if let pack = journal?.attempts[key]?.pack { site.folders[pack]?.members[key]?.isToEnd = true }
        case .cancelJob(let pack):
            world.log("AGENT \(id)\(tag) cancels jobs of \(pack)")
            site.scancel(pack)
        }
    }

    private func follow(_ actions: [AgentAction]) {
        first(actions.map { action in { self.perform(action) } })
    }

    private func takeMarker(_ pack: PackID) {
        guard let entry = journal?.packs[pack] else { return }
        let now = site.clock
        let isUnsubmitted = entry.state == .accepted || entry.state == .confirmed
        let skips = isUnsubmitted ? !world.enforces(.cancelTakesMarker) : !world.enforces(.markerTakenFirst)
        if skips { return first([{ self.journal?.markerTaken(pack, by: .agent, now: now) }]) }
        if site.folders[pack] == nil { site.folders[pack] = folder(entry) }
        let holder = site.link(pack, .agent).holder
        world.log(
            "AGENT \(id)\(tag) wants the marker of \(pack): \(holder == .agent ? "has it" : "a job has it")")
        first([{ self.journal?.markerTaken(pack, by: holder, now: now) }])
    }

    private func folder(_ entry: PackEntry) -> SimulatedFolder {
        let known = entry.members.compactMap { journal?.attempts[$0] ?? journal?.history[$0] }
        return SimulatedFolder(attempts: known.map(\.key), offers: known.map(\.offered), offer: entry.offer)
    }

    private func submit(_ pack: PackID) {
        guard let submission = journal?.intend(pack, now: site.clock) else { return }
        let now = site.clock
        let resources = submission.pack.offer?.resources
        let ask = {
            let job = self.site.sbatch(
                submission.pack, nodes: resources?.nodes ?? 1,
                walltime: Double(resources?.walltimeSeconds ?? 60) / 60)
            self.first([
                {
                    if let job {
                        self.journal?.submitted(pack, job: job)
                    } else {
                        self.journal?.submitDoubtful(pack)
                    }
                }
            ])
        }
        guard world.enforces(.folderFirst) else {
            return first([
                ask,
                {
                    if self.site.folders[pack] == nil {
                        self.site.folders[pack] = self.folder(submission.pack)
                    }
                },
            ])
        }
        first([
            {
                let existed = self.site.folders[pack] != nil
                if !existed {
                    var folder = self.folder(submission.pack)
                    for key in submission.emptySlots { folder.members[key, default: .init()].marker = .agent }
                    self.site.folders[pack] = folder
                }
                self.first([
                    {
                        let goes = self.journal?.runFolderMade(
                            pack, existedAlready: existed, emptySlots: submission.emptySlots, now: now)
                        if goes == true { self.first([ask]) }
                    }
                ])
            }
        ])
    }
}
