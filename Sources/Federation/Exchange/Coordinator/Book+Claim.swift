/// Claims and offers (§4.3, §6): memory proposes, the book disposes.
extension Book {
    /// Claims a pack whole: budget held per member, the next fence with this generation, an offered attempt each, the
    /// tasks running. Nothing is changed when it is refused.
    public mutating func claim(_ proposal: PackProposal, now: Instant) throws(ClaimRefusal) -> [AttemptKey] {
        try check(proposal, now: now)
        let open = settings.offerSeconds(for: agents[proposal.agent]?.mode ?? .serve)
        var keys: [AttemptKey] = []
        for member in proposal.members {
            guard var task = tasks[member.task] else { throw .notReady(member.task) }
            let fence = nextFence(after: task.lastFence)
            let key = AttemptKey(task: member.task, fence: fence)
            var attempt = AttemptRecord(
                key: key, agent: proposal.agent, site: proposal.site, pack: proposal.pack,
                partition: proposal.partition,
                budget: member.budget, holdSize: member.hold, offeredAt: now,
                offerExpires: now.adding(seconds: open), mustStartBy: proposal.mustStartBy,
                walltimeSeconds: proposal.walltimeSeconds, graceSeconds: proposal.graceSeconds)
            attempt.hold = member.hold
            if settings.enforces(.claimWithinBudget) {
                do {
                    try budgets[member.budget]?.hold(member.hold)
                } catch {
                    // Cannot be: `check` has counted the holds of all members together.
                    throw .budget(member.task, member.budget)
                }
            } else {
                budgets[member.budget]?.holdWhatRuns(member.hold)
            }
            attempts[key] = attempt
            task.lastFence = fence
            task.live = fence
            task.state = task.state.applying(.claimed) ?? task.state
            tasks[member.task] = task
            keys.append(key)
        }
        return keys
    }

    private func nextFence(after last: Fence) -> Fence {
        guard settings.enforces(.fencesCarryGeneration) else {
            return last.next(generation: max(last.generation, 1))
        }
        return last.next(generation: max(generation, last.generation))
    }

    private func check(_ proposal: PackProposal, now: Instant) throws(ClaimRefusal) {
        guard quarantine.isEmpty || !settings.enforces(.quarantine) else { throw .quarantine }
        guard !proposal.members.isEmpty, Set(proposal.members.map(\.task)).count == proposal.members.count
        else {
            throw .malformed
        }
        guard let agent = agents[proposal.agent], !agent.drained else { throw .agent(proposal.agent) }
        guard !attempts.values.contains(where: { $0.pack == proposal.pack }) else {
            throw .packTaken(proposal.pack)
        }
        var wanted: [BudgetID: Amount] = [:]
        for member in proposal.members {
            guard let task = tasks[member.task], task.state == .ready, task.live == nil,
                !task.cancelRequested,
                task.notBefore.map({ $0 <= now }) ?? true
            else { throw .notReady(member.task) }
            if let bound = task.boundTo, bound != proposal.agent { throw .bound(member.task, bound) }
            let none = AttemptKey(task: member.task, fence: .none)
            if settings.enforces(.parkedIsLive), let other = otherAtSite(than: none),
                attempts[other]?.parked == true
            {
                throw .alive(member.task, other)
            }
            let sum = wanted[member.budget, default: .zero] + member.hold
            wanted[member.budget] = sum
            guard let budget = budgets[member.budget], member.hold >= .zero else {
                throw .budget(member.task, member.budget)
            }
            guard budget.available >= sum && budget.overrun == .zero || !settings.enforces(.claimWithinBudget)
            else {
                throw .budget(member.task, member.budget)
            }
        }
    }

    /// Packs to offer (again) to an agent: some member offered, and the offer open.
    public func openOffers(for agent: AgentID, now: Instant) -> [PackID] {
        guard quarantine.isEmpty || !settings.enforces(.quarantine) else { return [] }
        var packs: Set<PackID> = []
        for (_, attempt) in attempts
        where attempt.agent == agent && attempt.state == .offered && !attempt.parked {
            if now <= attempt.offerExpires { packs.insert(attempt.pack) }
        }
        return packs.sorted()
    }

    /// Transaction 3 of an exchange: the packs whose offers go into the reply; the driver builds each `Offer` from the
    /// specs of `offeredMembers`. None for a document whose session is not the open one any more (§4.8). To a courier
    /// offers go confirmed (§4.12).
    public mutating func offer(
        answering document: AgentDocument, into reply: inout CoordinatorReply, now: Instant
    )
        -> [PackID]
    {
        guard reply.reconciled, document.generation == generation,
            speaks(document) || !settings.enforces(.displacedGetsNothing)
        else { return [] }
        let packs = openOffers(for: document.agent, now: now)
        guard document.mode == .courier else { return packs }
        for pack in packs where !reply.confirmed.contains(pack) {
            for key in members(of: pack)
            where attempts[key]?.state == .offered && otherAtSite(than: key) == nil {
                attempts[key]?.state = .confirmed
                attempts[key]?.acceptedAt = now
                attempts[key]?.confirmedSession = document.session
            }
            reply.confirmed.append(pack)
        }
        return packs
    }

    /// The members of a pack that its offer names, in the order of their tasks.
    public func offeredMembers(of pack: PackID) -> [AttemptKey] {
        members(of: pack).filter { key in
            guard let state = attempts[key]?.state else { return false }
            return state == .offered || state == .confirmed
        }
    }
}
