import Federation
import Testing

@Suite struct PackingTests {
    typealias Scene = PlacementScene
    static let shape = Scene.shape(walltime: 180) { $0.packable = true }

    static func context(_ sites: [SiteContext]) -> PlacementContext {
        PlacementContext(now: Scene.now, sites: sites, eligibility: Scene().context.eligibility)
    }

    static func propose(
        _ count: Int, _ context: inout PlacementContext, shape: Shape = Self.shape, limit: Int = 1000,
        boundTo: AgentID? = nil
    ) -> [PackProposal] {
        var number = 0
        return Packing.propose(
            shape,
            (0..<count).map { .init(task: TaskID(submission: "s", index: $0), boundTo: boundTo) },
            in: &context, limit: limit
        ) {
            number += 1
            return PackID("p\(number)")
        }
    }

    /// What must hold for any round: no task twice, no budget overdrawn, every hold what the whole pack costs.
    static func check(
        _ packs: [PackProposal], of count: Int, before: PlacementContext, after: PlacementContext
    ) {
        let tasks = packs.flatMap(\.members).map(\.task)
        #expect(Set(tasks).count == tasks.count && tasks.count <= count)
        #expect(Set(packs.map(\.pack)).count == packs.count)
        for pack in packs {
            let hold = pack.members.reduce(Amount.zero) { $0 + $1.hold }
            let seconds = (pack.walltimeSeconds + pack.graceSeconds) * Int64(pack.resources.coresPerNode)
            #expect(hold == Amount(thousandths: seconds * 1000))
            #expect(Set(pack.members.map(\.budget)).count == 1)
        }
        for (old, new) in zip(before.sites, after.sites) {
            let held = packs.filter { $0.site == old.document.id }.flatMap(\.members)
                .reduce(Amount.zero) { $0 + $1.hold }
            #expect(new.budgets[0].balance.held == held)
            #expect(new.budgets[0].balance.available == old.budgets[0].balance.available - held)
            #expect(new.budgets[0].balance.fault == nil)
        }
    }

    @Test func aCampaignSpreadsOverAllSites() {
        let sites = ["alpha", "beta", "gamma", "delta"].map { Scene.makeContext(SiteID($0)) }
        var context = Self.context(sites)
        let before = context
        let packs = Self.propose(108, &context)
        Self.check(packs, of: 108, before: before, after: context)
        #expect(packs.flatMap(\.members).count == 108)
        let bySite = Dictionary(grouping: packs, by: \.site).mapValues(\.count)
        #expect(bySite == ["alpha": 3, "beta": 3, "gamma": 3, "delta": 3])
        #expect(packs.allSatisfy { $0.members.count == 9 && $0.walltimeSeconds == 9 * 180 })
        #expect(packs.flatMap(\.members).map(\.task.index) == Array(0..<108))
    }

    @Test(arguments: [(1, 1), (2, 1), (8, 2), (40, 10), (41, 6), (400, 10), (4000, 100)])
    func packsAreSizedByWhatIsReady(ready: Int, size: Int) {
        let sites = ["alpha", "beta", "gamma", "delta"].map { Scene.makeContext(SiteID($0), units: 1000) }
        var context = Self.context(sites)
        for index in context.sites.indices { context.sites[index].document.packing.maximumMembers = 128 }
        for index in context.sites.indices {
            context.sites[index].document.packing.maximumWalltimeSeconds = 86_400
        }
        let packs = Self.propose(ready, &context)
        #expect(packs.first?.members.count == size)
        #expect(packs.flatMap(\.members).count == ready)
    }

    @Test func limitsOfSiteWalltimeJobsAndBudgetHold() {
        var sites = [
            Scene.makeContext("alpha", units: 1), Scene.makeContext("beta", jobs: 2),
            Scene.makeContext("gamma"),
            Scene.makeContext("delta"),
        ]
        sites[2].document.packing.maximumMembers = 4
        sites[3].document.packing.maximumWalltimeSeconds = 3 * 180
        var context = Self.context(sites)
        let before = context
        let packs = Self.propose(300, &context)
        Self.check(packs, of: 300, before: before, after: context)
        #expect(packs.filter { $0.site == "beta" }.count == 2)
        #expect(packs.filter { $0.site == "gamma" }.allSatisfy { $0.members.count <= 4 })
        #expect(packs.filter { $0.site == "delta" }.allSatisfy { $0.members.count <= 3 })
        #expect(packs.contains { $0.site == "alpha" })
    }

    @Test func whatMayNotShareGoesAloneAndTheLimitHolds() {
        var context = Self.context([Scene.makeContext("alpha"), Scene.makeContext("beta")])
        let packs = Self.propose(30, &context, shape: Scene.shape(walltime: 180), limit: 7)
        #expect(packs.count == 7 && packs.allSatisfy { $0.members.count == 1 })
        let rest = Self.propose(30, &context, shape: Scene.shape(walltime: 180))
        #expect(rest.count == 13)
    }

    @Test func aBoundChainGoesWhereItsCheckpointIs() {
        var context = Self.context([Scene.makeContext("alpha"), Scene.makeContext("beta")])
        let packs = Self.propose(3, &context, boundTo: "beta")
        #expect(packs.map(\.site) == ["beta", "beta", "beta"] && packs.allSatisfy { $0.members.count == 1 })
    }

    @Test func nothingIsProposedWhereNothingIsPossible() {
        var context = Self.context([Scene.makeContext("alpha", units: 0)])
        #expect(Self.propose(5, &context).isEmpty)
        var none = Self.context([])
        #expect(Self.propose(5, &none).isEmpty)
    }

    @Test(arguments: 0..<40)
    func anyRoundKeepsTheRules(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ range: Range<Int>) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + Int((state >> 33) % UInt64(range.count))
        }
        let sites = (0..<random(1..<6)).map { index in
            var site = Scene.makeContext(
                SiteID("s\(index)"), units: Int64(random(0..<20)), jobs: random(0..<6),
                cores: random(0..<2) == 0 ? nil : random(0..<5))
            site.document.packing = PackingLimits(
                maximumMembers: random(1..<20), maximumWalltimeSeconds: Int64(random(100..<4000)),
                maximumAtOnce: random(0..<2) == 0 ? nil : random(1..<9))
            return site
        }
        var context = Self.context(sites)
        let before = context
        let count = random(1..<150)
        let packs = Self.propose(count, &context, limit: random(1..<30))
        Self.check(packs, of: count, before: before, after: context)
        for site in before.sites {
            let given = packs.filter { $0.site == site.document.id }
            #expect(given.count <= site.agents[0].capacity[0].freeJobs)
            #expect(given.allSatisfy { $0.members.count <= site.document.packing.maximumMembers })
            let longest = max(180, site.document.packing.maximumWalltimeSeconds)
            #expect(given.allSatisfy { $0.walltimeSeconds <= longest })
            let cores = site.agents[0].capacity[0].freeCores ?? 4
            #expect(given.allSatisfy { $0.resources.coresPerNode <= max(1, cores) })
            for pack in given {
                // The wrapper goes by the offer alone, and has time for every member's whole walltime.
                let lanes = Packing.atOnce(in: Self.offer(pack))
                let rounds = (pack.members.count + lanes - 1) / lanes
                #expect(pack.walltimeSeconds == 180 * Int64(rounds))
                #expect(lanes == pack.resources.coresPerNode)
            }
        }
    }

    /// The offer of a pack as the coordinator makes it.
    static func offer(_ pack: PackProposal, shape: Shape = Self.shape) -> Offer {
        var spec = TaskSpec(
            name: "t", kind: .evaluation, activity: "a", partner: "aa", member: "mm", program: "p",
            resources: shape.resources)
        spec.packable = true
        return Offer(
            pack: pack.pack, partition: pack.partition, account: "acc", resources: pack.resources,
            graceSeconds: pack.graceSeconds, mustStartBy: pack.mustStartBy, openSeconds: 60,
            members: pack.members.map { member in
                Offer.Member(
                    attempt: AttemptKey(task: member.task, fence: Fence(generation: 1, counter: 1)),
                    spec: spec,
                    inputs: [], budget: member.budget, hold: member.hold)
            })
    }

    /// Beside each other as far as the site's word, its nodes and its free cores go.
    @Test(arguments: [
        (most: Int?.none, cores: 4, free: Int?.none, lanes: 1), (8, 4, nil, 4), (3, 4, nil, 3), (8, 4, 2, 2),
        (8, 64, nil, 8), (100, 64, 0, 1),
    ])
    func membersRunBesideEachOther(most: Int?, cores: Int, free: Int?, lanes: Int) throws {
        var site = Scene.makeContext("alpha", cores: free)
        site.document.packing.maximumAtOnce = most
        site.document.packing.maximumMembers = 12
        site.document.partitions[0].coresPerNode = cores
        var context = Self.context([site])
        let before = context
        let packs = Self.propose(12, &context)
        Self.check(packs, of: 12, before: before, after: context)
        let pack = try #require(packs.first)
        let rounds = (pack.members.count + lanes - 1) / lanes
        #expect(pack.walltimeSeconds == 180 * Int64(rounds))
        let wanted = (pack.members.count + rounds - 1) / rounds
        #expect(pack.resources.coresPerNode == wanted && pack.resources.memoryMiBPerNode == 1024 * wanted)
        #expect(Packing.atOnce(in: Self.offer(pack)) == wanted)
    }

    /// Nodes, ranks and accelerators of its own: one has the job at a time.
    @Test(arguments: [0, 1, 2]) func whoWantsTheWholeJobHasIt(_ what: Int) throws {
        var site = Scene.makeContext("alpha", cores: nil)
        site.document.packing.maximumAtOnce = 8
        site.document.partitions[0].coresPerNode = 64
        var shape = Self.shape
        switch what {
        case 0: shape.resources.nodes = 2
        case 1: shape.resources.ranksPerNode = 2
        default: shape.resources.exclusive = true
        }
        var context = Self.context([site])
        let pack = try #require(Self.propose(5, &context, shape: shape).first)
        #expect(pack.members.count == 5 && pack.walltimeSeconds == 5 * 180)
        #expect(Packing.atOnce(in: Self.offer(pack, shape: shape)) == 1)
    }

    /// A document and a pack from before there was any: one after another, also on a whole node.
    @Test func whatSaysNothingRunsOneAfterAnother() throws {
        var site = Scene.makeContext("alpha", cores: nil)
        site.document.partitions[0].wholeNodes = true
        site.document.partitions[0].coresPerNode = 64
        var context = Self.context([site])
        let pack = try #require(Self.propose(5, &context).first)
        #expect(pack.resources.coresPerNode == 64 && pack.walltimeSeconds == 5 * 180)
        #expect(Packing.atOnce(in: Self.offer(pack)) == 1)
    }
}
