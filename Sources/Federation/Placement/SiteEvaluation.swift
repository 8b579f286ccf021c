/// One site looked at for one task: every partition with every agent there, and the best of them.
struct SiteEvaluation {
    let request: PlacementRequest
    let context: PlacementContext
    let site: SiteContext

    var shape: Shape { request.shape }
    var document: SiteDocument { site.document }

    /// A partition with an agent.
    private struct Candidate {
        let agent: AgentContext
        let partition: SitePartition
        var refusals: [Refusal]
        var budget: BudgetContext?
        var cost: CostQuote?
        var mustStartBy = Instant.distantPast
        var expectedStart: Instant?
    }

    /// The verdict, and the choice when nothing speaks against it.
    func result() -> (SiteVerdict, PlacementChoice?) {
        let ofSite = siteRefusals()
        var best: Candidate?
        for agent in site.agents {
            let ofAgent = agentRefusals(agent)
            for partition in document.partitions {
                let candidate = evaluate(agent, partition, ofSite + ofAgent)
                if isBetter(candidate, than: best) { best = candidate }
            }
        }
        guard let best else {
            let refusals = ofSite + [.noAgent(site: document.id)]
            return (
                SiteVerdict(
                    site: document.id, agent: nil, partition: nil, budget: nil, refusals: refusals,
                    words: refusals.map(\.inWords), cost: nil, expectedStart: nil, score: 0), nil
            )
        }
        let choice = makeChoice(best)
        var points: Int64 = 0
        if choice != nil {
            points = score(best.agent, best.partition, best.budget, best.cost, best.expectedStart)
        }
        let verdict = SiteVerdict(
            site: document.id, agent: best.agent.terms.id, partition: best.partition.id,
            budget: best.budget?.balance.id, refusals: best.refusals, words: best.refusals.map(\.inWords),
            cost: best.cost, expectedStart: best.expectedStart, score: points)
        return (verdict, choice)
    }

    /// Fewer refusals are better; then those that may pass; then what is cheaper; then what stands first.
    private func isBetter(_ candidate: Candidate, than best: Candidate?) -> Bool {
        guard let best else { return true }
        let left = rank(candidate), right = rank(best)
        if left != right { return left < right }
        guard let cost = candidate.cost, let other = best.cost else { return false }
        return cost.hold < other.hold
    }

    private func rank(_ candidate: Candidate) -> Int {
        let lasting = candidate.refusals.reduce(0) { $0 + ($1.isTemporary ? 0 : 1) }
        return lasting * 1000 + candidate.refusals.count
    }

    private func makeChoice(_ candidate: Candidate) -> PlacementChoice? {
        guard candidate.refusals.isEmpty, let budget = candidate.budget, let cost = candidate.cost else {
            return nil
        }
        return PlacementChoice(
            site: document.id, agent: candidate.agent.terms.id, partition: candidate.partition.id,
            budget: budget.balance.id, allocation: budget.balance.allocation, account: budget.account,
            resources: candidate.partition.granted(shape.resources), hold: cost.hold,
            mustStartBy: candidate.mustStartBy, graceSeconds: document.graceSeconds)
    }

    private func evaluate(_ agent: AgentContext, _ partition: SitePartition, _ before: [Refusal]) -> Candidate
    {
        var candidate = Candidate(
            agent: agent, partition: partition, refusals: before + partitionRefusals(partition, agent),
            budget: nil)
        let money = chooseBudget(agent, partition)
        candidate.refusals += money.refusals
        candidate.budget = money.budget
        candidate.cost = money.cost
        candidate.mustStartBy = money.mustStartBy
        candidate.expectedStart = expectedStart(agent, partition)
        return candidate
    }

    /// What speaks against the site, whatever the agent and partition.
    private func siteRefusals() -> [Refusal] {
        var refusals: [Refusal] = []
        if !shape.sites.isEmpty && !shape.sites.contains(document.id) {
            refusals.append(.notAmongItsSites(sites: shape.sites))
        }
        if let retirement = document.retirement {
            refusals.append(.siteRetired(site: document.id, since: retirement.at))
        }
        refusals += shape.residency.filter { $0.site != document.id }.map { .residency($0) }
        return refusals
    }

    /// What speaks against the agent, whatever the partition.
    private func agentRefusals(_ agent: AgentContext) -> [Refusal] {
        var refusals: [Refusal] = []
        let id = agent.terms.id
        switch agent.presence {
        case .connected: break
        case .unreachable(let since): refusals.append(.agentUnreachable(agent: id, since: since))
        case .neverSeen: refusals.append(.agentNeverSeen(agent: id))
        case .drained: refusals.append(.agentDrained(agent: id))
        case .quarantined: refusals.append(.agentQuarantined(agent: id))
        }
        if !agent.terms.serves(shape.partner, shape.member) {
            refusals.append(
                .agentDoesNotServe(agent: id, partner: shape.partner, consent: agent.terms.consent))
        }
        if let bound = request.boundTo, bound != id { refusals.append(.boundElsewhere(agent: bound)) }
        if let until = agent.backOffs[shape], until > context.now {
            refusals.append(.backOff(until: until, agent: id))
        }
        return refusals
    }
}
