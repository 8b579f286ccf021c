import Federation
import Testing

/// Every refusal: what brings it about, and the words for it.
@Suite struct RefusalTests {
    typealias Scene = PlacementScene
    static let now = PlacementScene.now

    static func expect(
        _ words: String, _ matches: (Refusal) -> Bool, temporary: Bool,
        at location: SourceLocation = #_sourceLocation, _ change: (inout PlacementScene) -> Void
    ) {
        let refusals = Scene.refusals(change)
        #expect(refusals.count == 1, "\(refusals)", sourceLocation: location)
        guard let refusal = refusals.first else { return }
        #expect(matches(refusal), "\(refusal)", sourceLocation: location)
        #expect(refusal.inWords.contains(words), "\(refusal.inWords)", sourceLocation: location)
        #expect(refusal.isTemporary == temporary, sourceLocation: location)
        var scene = Scene()
        change(&scene)
        #expect(scene.decide().choice == nil, sourceLocation: location)
    }

    @Test func nothingSpeaksAgainstThePlainTask() { #expect(Scene.refusals { _ in }.isEmpty) }

    @Test func eligibility() {
        Self.expect(
            "aa may not spend compute: deny for everybody else",
            { if case .eligibility = $0 { true } else { false } },
            temporary: false
        ) { $0.verdict = .deny }
        Self.expect(
            "until a manager decides", { if case .eligibility = $0 { true } else { false } }, temporary: false
        ) {
            $0.verdict = .ask
        }
    }

    @Test func sitesOfTheTask() {
        Self.expect(
            "the task asks for beta only", { $0 == .notAmongItsSites(sites: ["beta"]) }, temporary: false
        ) { $0.shape = Scene.shape { $0.sites = ["beta"] } }
        var scene = Scene()
        scene.shape = Scene.shape { $0.sites = ["beta"] }
        let verdict = scene.decide().perSite.last
        #expect(verdict?.site == "beta" && verdict?.refusals == [.unknownSite(site: "beta")])
        #expect(verdict?.words == ["there is no site beta"])
    }

    @Test func residency() {
        let closed = Residency(artifact: "held-is", site: "beta", licence: "LicenseRef-closed")
        Self.expect(
            "held-is may not leave beta (licence LicenseRef-closed)", { $0 == .residency(closed) },
            temporary: false
        ) { $0.shape = Scene.shape(residency: [closed]) }
        #expect(
            Scene.refusals { $0.shape = Scene.shape(residency: [.init(artifact: "x", site: "alpha")]) }
                .isEmpty)
    }

    @Test func presence() {
        Self.expect("has never reported", { $0 == .agentNeverSeen(agent: "alpha") }, temporary: true) {
            $0.agent.presence = .neverSeen
            $0.agent.capacity = []
        }
        Self.expect(
            "unreachable since 2027-01-15T08:00:00Z",
            { $0 == .agentUnreachable(agent: "alpha", since: Self.now) },
            temporary: true
        ) { $0.agent.presence = .unreachable(since: Self.now) }
        Self.expect("is drained", { $0 == .agentDrained(agent: "alpha") }, temporary: true) {
            $0.agent.presence = .drained
        }
        Self.expect("after the restore", { $0 == .agentQuarantined(agent: "alpha") }, temporary: true) {
            $0.agent.presence = .quarantined
        }
        let nobody = PlacementContext(
            now: Self.now, sites: [SiteContext(document: Scene.makeSite("alpha"), agents: [], budgets: [])],
            eligibility: Scene().context.eligibility)
        let verdict = Placement.decide(PlacementRequest(shape: Scene.shape()), in: nobody).perSite.first
        #expect(verdict?.words == ["no agent is enrolled at alpha"])
    }

    @Test func whomTheAgentServes() {
        Self.expect(
            "alpha does not act for aa (consent: letter of May)",
            { $0 == .agentDoesNotServe(agent: "alpha", partner: "aa", consent: "letter of May") },
            temporary: false
        ) {
            $0.agent.terms.partners = ["bb"]
            $0.agent.terms.consent = "letter of May"
        }
        #expect(
            Scene.refusals {
                $0.agent.terms.partners = []
                $0.agent.terms.members = ["mm"]
            }.isEmpty)
    }

    @Test func chainsAndBackOff() {
        Self.expect("the chain continues at beta", { $0 == .boundElsewhere(agent: "beta") }, temporary: false)
        {
            $0.boundTo = "beta"
        }
        let later = Self.now.adding(seconds: 60)
        Self.expect(
            "alpha declined or did not start it: not before",
            { $0 == .backOff(until: later, agent: "alpha") }, temporary: true
        ) { $0.agent.backOffs = [$0.shape: later] }
        Self.expect("it failed: not before", { $0 == .backOff(until: later, agent: nil) }, temporary: true) {
            $0.notBefore = later
        }
        #expect(Scene.refusals { $0.agent.backOffs = [$0.shape: Self.now] }.isEmpty)
    }

    @Test func stackAndPartition() {
        Self.expect(
            "cpu has no cuda stack, only cpu",
            { $0 == .stackMissing(partition: "cpu", stack: "cuda", has: ["cpu"]) }, temporary: false
        ) { $0.shape = Scene.shape { $0.stack = "cuda" } }
        Self.expect(
            "does not offer the partition cpu",
            { $0 == .partitionNotServed(agent: "alpha", partition: "cpu") },
            temporary: true
        ) { $0.agent.capacity = [] }
        Self.expect(
            "takes nothing now: slurmctld is down",
            { $0 == .partitionClosed(partition: "cpu", remark: "slurmctld is down") }, temporary: true
        ) { $0.agent.capacity = [.init(partition: "cpu", freeJobs: 0, remark: "slurmctld is down")] }
    }

    @Test func limits() {
        Self.expect(
            "allows 1 d of walltime, not 1 d 1 s",
            { $0 == .walltime(partition: "cpu", asked: 86_401, most: 86_400) }, temporary: false
        ) { $0.shape = Scene.shape(walltime: 86_401) }
        Self.expect(
            "allows 30 min of walltime", { $0 == .walltime(partition: "cpu", asked: 3600, most: 1800) },
            temporary: false
        ) { $0.agent.capacity[0].maximumWalltimeSeconds = 1800 }
        Self.expect(
            "allows 10 nodes a job, not 11", { $0 == .nodes(partition: "cpu", asked: 11, most: 10) },
            temporary: false
        ) { $0.shape = Scene.shape { $0.resources.nodes = 11 } }
        Self.expect(
            "has 4 cores, not 5", { $0 == .cores(partition: "cpu", asked: 5, most: 4) }, temporary: false
        ) { $0.shape = Scene.shape(cores: 5) }
        Self.expect(
            "has 8192 MiB of memory, not 9000 MiB",
            { $0 == .memory(partition: "cpu", asked: 9000, most: 8192) },
            temporary: false
        ) { $0.shape = Scene.shape { $0.resources.memoryMiBPerNode = 9000 } }
        Self.expect(
            "has no devices, not 2 a100",
            { $0 == .devices(partition: "cpu", asked: 2, type: "a100", has: 0, hasType: nil) },
            temporary: false
        ) {
            $0.shape = Scene.shape {
                $0.resources.devicesPerNode = 2
                $0.resources.deviceType = "a100"
            }
        }
        Self.expect(
            "is for h100 work", { $0 == .devicesUnused(partition: "cpu", type: "h100") }, temporary: false
        ) {
            $0.site.partitions[0].devicesPerNode = 4
            $0.site.partitions[0].deviceType = "h100"
        }
    }

    @Test func jobCaps() {
        Self.expect("(3 at most)", { $0 == .jobCap(partition: "cpu", most: 3) }, temporary: true) {
            $0.site.partitions[0].maximumQueuedJobs = 3
            $0.agent.jobs = ["cpu": 3]
        }
        Self.expect("no more jobs", { $0 == .jobCap(partition: "cpu", most: nil) }, temporary: true) {
            $0.agent.pending = ["cpu": .init(packs: 10, cores: 0)]
        }
    }

    @Test func budgets() {
        Self.expect(
            "no budget here that aa may spend for WP1",
            { $0 == .noBudget(partner: "aa", workPackage: "WP1") },
            temporary: false
        ) { $0.budgets = [Scene.makeBudget("b", units: 5, partner: "bb")] }
        Self.expect(
            "the budget b is not one of this site", { $0 == .budgetElsewhere(budget: "b") }, temporary: false
        ) { $0.shape = Scene.shape { $0.budget = "b" } }
        // An hour and a minute of grace on one core.
        let needed = Amount(thousandths: 3_660_000)
        Self.expect(
            "b has 1.000 core-hours left, 1.016 are needed",
            {
                $0
                    == .budgetTooSmall(
                        budget: "b", needed: needed, left: Amount(units: 1), unit: "core-hours")
            }, temporary: true
        ) { $0.budgets = [Scene.makeBudget("b", units: 1)] }
        Self.expect(
            "overspent by 2.000 core-hours",
            { $0 == .budgetOverrun(budget: "b", by: Amount(units: 2), unit: "core-hours") }, temporary: true
        ) {
            $0.budgets = [Scene.makeBudget("b", units: 0)]
            $0.budgets[0].balance.overrun = Amount(units: 2)
        }
        Self.expect(
            "b is for", { if case .outsidePeriod("b", _, _) = $0 { true } else { false } }, temporary: false
        ) {
            $0.budgets = [Scene.makeBudget("b", units: 10)]
            $0.budgets[0].balance.periodEnd = Self.now.adding(seconds: 3600)
        }
        Self.expect(
            "b is for", { if case .outsidePeriod("b", _, _) = $0 { true } else { false } }, temporary: false
        ) {
            $0.budgets = [Scene.makeBudget("b", units: 10)]
            $0.budgets[0].periodStart = Self.now.adding(seconds: 1)
        }
        Self.expect(
            "alpha has no tariff for its partition cpu", { if case .noPrice = $0 { true } else { false } },
            temporary: false
        ) { $0.site.prices.tariffs = [] }
    }

    @Test func accountsAndPartitionsOfABudgetCount() {
        Self.expect("no budget here", { if case .noBudget = $0 { true } else { false } }, temporary: false) {
            $0.agent.terms.accounts = ["other"]
        }
        Self.expect("no budget here", { if case .noBudget = $0 { true } else { false } }, temporary: false) {
            $0.budgets[0].partitions = ["gpu"]
        }
    }
}
