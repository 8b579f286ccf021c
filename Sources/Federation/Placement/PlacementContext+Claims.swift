extension PlacementContext {
    /// Takes a proposed pack into account, so that the next decision of the same round sees it.
    public mutating func take(_ proposal: PackProposal, resources: Resources) {
        guard let place = sites.firstIndex(where: { $0.document.id == proposal.site }) else { return }
        for member in proposal.members {
            guard let index = sites[place].budgets.firstIndex(where: { $0.balance.id == member.budget })
            else {
                continue
            }
            // A hold that does not fit is refused at the claim as well; here it only means that nothing is left.
            do { try sites[place].budgets[index].balance.hold(member.hold) } catch {
                sites[place].budgets[index].balance.available = .zero
            }
        }
        guard let index = sites[place].agents.firstIndex(where: { $0.terms.id == proposal.agent }) else {
            return
        }
        sites[place].agents[index].pending[proposal.partition, default: .init()].packs += 1
        sites[place].agents[index].pending[proposal.partition, default: .init()].cores +=
            resources.coresPerNode * resources.nodes
        sites[place].agents[index].jobs[proposal.partition, default: 0] += 1
    }
}
