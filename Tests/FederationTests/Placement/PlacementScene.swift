import Federation

/// A small consortium for placement: one site of four cores a node, one agent, one common budget of 100 core-hours.
/// Tests change what they are about.
struct PlacementScene {
    static let now = Instant(seconds: 1_800_000_000)

    var site = PlacementScene.makeSite("alpha")
    var agent = PlacementScene.makeAgent("alpha")
    var budgets = [PlacementScene.makeBudget("alpha-common", units: 100)]
    var verdict = EligibilityVerdict.allow
    var shape = PlacementScene.shape()
    var boundTo: AgentID?
    var notBefore: Instant?
    var others: [SiteContext] = []

    static func makeSite(_ id: SiteID, cores: Int = 4) -> SiteDocument {
        let partition = SitePartition(
            id: "cpu", nodes: 10, coresPerNode: cores, memoryMiBPerNode: 8192, maximumWalltimeSeconds: 86_400,
            source: "test")
        let prices = PriceList(
            site: id, unit: "core-hours",
            tariffs: [
                Tariff(
                    partition: "cpu", from: .distantPast, terms: [TariffTerm(measure: .cores)], source: "test"
                )
            ])
        return SiteDocument(
            id: id, name: id.rawValue, country: "FI", partitions: [partition], prices: prices,
            agents: [AgentTerms(id: AgentID(id.rawValue))])
    }

    static func makeAgent(_ id: AgentID, jobs: Int = 10, cores: Int? = 4) -> AgentContext {
        AgentContext(
            terms: AgentTerms(id: id), presence: .connected,
            capacity: [PartitionCapacity(partition: "cpu", freeJobs: jobs, freeCores: cores)])
    }

    static func makeBudget(
        _ id: BudgetID, units: Int64, partner: PartnerID? = nil, workPackage: WorkPackageID? = nil
    ) -> BudgetContext {
        var balance = BudgetAccount(id: id, allocation: "al", periodEnd: now.adding(seconds: 100 * 86_400))
        balance.granted = Amount(units: units)
        balance.available = Amount(units: units)
        return BudgetContext(
            balance: balance, account: "acc", partner: partner, workPackage: workPackage,
            periodStart: now.adding(seconds: -100 * 86_400))
    }

    static func makeContext(_ id: SiteID, units: Int64 = 100, jobs: Int = 10, cores: Int? = 4) -> SiteContext
    {
        SiteContext(
            document: makeSite(id), agents: [makeAgent(AgentID(id.rawValue), jobs: jobs, cores: cores)],
            budgets: [makeBudget(BudgetID("\(id)-common"), units: units)])
    }

    static func shape(
        walltime: Int64 = 3600, cores: Int = 1, change: (inout TaskSpec) -> Void = { _ in },
        residency: [Residency] = []
    ) -> Shape {
        var task = TaskSpec(
            name: "t", kind: .evaluation, activity: "a", partner: "aa", member: "mm", program: "p",
            resources: Resources(coresPerNode: cores, walltimeSeconds: walltime))
        task.workPackage = "WP1"
        change(&task)
        return Shape(of: task, residency: residency)
    }

    var context: PlacementContext {
        let rows = [EligibilityMatter.participate, .compute].map { matter in
            EligibilityRow(
                subject: .everybody, matter: matter, verdict: matter == .compute ? verdict : .allow,
                from: .distantPast, source: "rule book")
        }
        return PlacementContext(
            now: Self.now,
            sites: [SiteContext(document: site, agents: [agent], budgets: budgets)] + others,
            eligibility: Eligibility(rows: rows, countries: ["aa": "FI"]))
    }

    func decide() -> Placement {
        Placement.decide(
            PlacementRequest(shape: shape, boundTo: boundTo, notBefore: notBefore), in: context)
    }

    /// The refusals of the site alpha after a change.
    static func refusals(_ change: (inout PlacementScene) -> Void) -> [Refusal] {
        var scene = PlacementScene()
        change(&scene)
        let placement = scene.decide()
        return placement.perSite.first { $0.site == "alpha" }?.refusals ?? []
    }
}
