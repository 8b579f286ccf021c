/// The soft rules, in whole points so that every machine comes to the same choice.
extension SiteEvaluation {
    /// How good a possible place is. Up to 1,000 points for units that would otherwise be left over when the period
    /// ends, 1,000 for an early start, 500 for inputs that are there; up to 1,000 less for what the task takes out of
    /// the budget, and 40 less for every job of ours that is there already.
    func score(
        _ agent: AgentContext, _ partition: SitePartition, _ budget: BudgetContext?, _ cost: CostQuote?,
        _ expectedStart: Instant?
    ) -> Int64 {
        guard let budget, let cost else { return 0 }
        var score = SiteEvaluation.leftOver(budget, now: context.now)
        score += SiteEvaluation.start(expectedStart, now: context.now)
        let most = request.inputsThere.values.max() ?? 0
        if most > 0 { score += 500 * ((request.inputsThere[document.id] ?? 0) / 1024) / max(1, most / 1024) }
        score -= min(1000, cost.hold.thousandths / max(1, budget.balance.available.thousandths / 1000))
        score -= min(1000, 40 * Int64(agent.jobs[partition.id] ?? 0))
        return score
    }

    /// Use it or lose it: 500 points where the share of units that is left equals the share of time that is left, 1,000
    /// where it is twice as much.
    static func leftOver(_ budget: BudgetContext, now: Instant) -> Int64 {
        let units = budget.balance.available.thousandths / max(1, budget.balance.granted.thousandths / 1000)
        let whole = budget.balance.periodEnd.seconds(since: budget.periodStart)
        let left = max(0, budget.balance.periodEnd.seconds(since: now))
        let time = max(1, left / max(1, whole / 1000))
        return min(1000, units * 500 / time)
    }

    /// 1,000 points for a start at once, none after a day, 300 where nothing is known.
    static func start(_ expected: Instant?, now: Instant) -> Int64 {
        guard let expected else { return 300 }
        return 1000 - min(1000, max(0, expected.seconds(since: now)) * 1000 / 86_400)
    }
}
