/// Budgets, holds and quotes.
extension SiteEvaluation {
    /// What a task can be booked on.
    struct Money {
        var budget: BudgetContext?
        var cost: CostQuote?
        var mustStartBy: Instant
        var refusals: [Refusal]
    }

    /// The most specific budget that covers the hold: partner and work package, partner, work package, common.
    func chooseBudget(_ agent: AgentContext, _ partition: SitePartition) -> Money {
        let granted = partition.granted(shape.resources)
        var nothing = Money(
            budget: nil, cost: nil, mustStartBy: context.now.adding(seconds: context.mustStartSeconds),
            refusals: [])
        let candidates = budgets(agent, partition)
        if let wanted = shape.budget, !site.budgets.contains(where: { $0.balance.id == wanted }) {
            nothing.refusals = [.budgetElsewhere(budget: wanted)]
        } else if candidates.isEmpty {
            nothing.refusals = [.noBudget(partner: shape.partner, workPackage: shape.workPackage)]
        }
        var first: Money?
        for budget in candidates {
            let money = evaluate(budget, granted, partition)
            if money.refusals.isEmpty { return money }
            if first == nil { first = money } else { first?.refusals += money.refusals }
        }
        guard var refused = first else {
            nothing.cost = try? quote(granted, partition, mustStartBy: nothing.mustStartBy)
            return nothing
        }
        refused.budget = nil
        return refused
    }

    private func budgets(_ agent: AgentContext, _ partition: SitePartition) -> [BudgetContext] {
        site.budgets.filter { budget in
            (shape.budget == nil || shape.budget == budget.balance.id)
                && budget.isFor(shape.partner, shape.workPackage)
                && (budget.partitions.isEmpty || budget.partitions.contains(partition.id))
                && agent.terms.charges(budget.account)
        }.sorted { left, right in
            // The narrower one first; of two alike the one that ends sooner, then by name.
            if left.specificity != right.specificity { return left.specificity > right.specificity }
            return (left.balance.periodEnd, left.balance.id) < (right.balance.periodEnd, right.balance.id)
        }
    }

    private func evaluate(_ budget: BudgetContext, _ granted: Resources, _ partition: SitePartition) -> Money
    {
        let balance = budget.balance
        let unit = document.prices.unit
        // What has begun must be able to end within the period.
        let latest = balance.periodEnd.adding(seconds: -(granted.walltimeSeconds + document.graceSeconds))
        let mustStartBy = min(context.now.adding(seconds: context.mustStartSeconds), latest)
        var money = Money(budget: budget, cost: nil, mustStartBy: mustStartBy, refusals: [])
        guard budget.periodStart <= context.now, mustStartBy > context.now else {
            money.refusals = [
                .outsidePeriod(budget: balance.id, from: budget.periodStart, until: balance.periodEnd)
            ]
            money.cost = try? quote(granted, partition, mustStartBy: max(mustStartBy, context.now))
            return money
        }
        do {
            let cost = try quote(granted, partition, mustStartBy: mustStartBy)
            money.cost = cost
            if balance.overrun > .zero {
                money.refusals = [.budgetOverrun(budget: balance.id, by: balance.overrun, unit: unit)]
            } else if balance.available < cost.hold {
                money.refusals = [
                    .budgetTooSmall(
                        budget: balance.id, needed: cost.hold, left: balance.available, unit: unit)
                ]
            }
        } catch {
            money.refusals = [.noPrice(reason: error.inWords)]
        }
        return money
    }

    /// The charge for the whole walltime if it starts now, and the hold.
    private func quote(
        _ granted: Resources, _ partition: SitePartition, mustStartBy: Instant
    ) throws(TariffFault) -> CostQuote {
        let prices = document.prices
        let hold = try prices.hold(
            for: granted, graceSeconds: document.graceSeconds, in: partition.id, from: context.now,
            mustStartBy: mustStartBy)
        let usage = Usage(
            runs: [.init(start: context.now, seconds: granted.walltimeSeconds)], nodes: granted.nodes,
            coresPerNode: granted.coresPerNode, memoryMiBPerNode: granted.memoryMiBPerNode,
            devicesPerNode: granted.devicesPerNode, partition: partition.id)
        return CostQuote(
            amount: try prices.charge(for: usage), hold: hold, unit: prices.unit, nodes: granted.nodes,
            cores: granted.coresPerNode * granted.nodes, devices: granted.devicesPerNode * granted.nodes,
            deviceType: granted.devicesPerNode > 0 ? partition.deviceType : nil,
            module: granted.devicesPerNode > 0 ? partition.deviceModule : nil)
    }
}
