/// Turns ready tasks of one shape into packs. Pure: ids come from outside, the snapshot is changed as it fills.
public enum Packing {
    /// A ready task and what it brings along beside its shape.
    public struct Candidate: Hashable, Sendable {
        /// The task.
        public var task: TaskID
        /// The agent that its chain's checkpoint is bound to, if any.
        public var boundTo: AgentID?
        /// Bytes of its inputs that are already there, by site.
        public var inputsThere: [SiteID: Int64]

        /// A task without anything special.
        public init(task: TaskID, boundTo: AgentID? = nil, inputsThere: [SiteID: Int64] = [:]) {
            self.task = task
            self.boundTo = boundTo
            self.inputsThere = inputsThere
        }
    }

    /// A pack of so many tasks keeps its job busy without keeping the others waiting.
    static let usualMembers = 10

    /// Packs for as many of the tasks as can be placed now, the first ones first, at most `limit` packs.
    public static func propose(
        _ shape: Shape, _ tasks: [Candidate], in context: inout PlacementContext, limit: Int,
        makeID: () -> PackID
    ) -> [PackProposal] {
        var proposals: [PackProposal] = []
        // A chain that goes on has its place already, and an input worth travelling to is a task's own.
        let single = tasks.filter { !shape.packable || $0.boundTo != nil }
        let shared = tasks.filter { shape.packable && $0.boundTo == nil }
        for candidate in single where proposals.count < limit {
            let request = PlacementRequest(
                shape: shape, boundTo: candidate.boundTo, inputsThere: candidate.inputsThere)
            guard let choice = Placement.decide(request, in: context).choice else {
                // What stops one that is bound nowhere stops all of them; a bound one stops only itself.
                if candidate.boundTo == nil { break }
                continue
            }
            proposals.append(take(choice, [candidate.task], [choice.hold], makeID(), &context))
        }
        share(shape, shared, &proposals, &context, limit: limit, makeID: makeID)
        return proposals
    }

    /// Spreads tasks that may share a job over all sites that take them.
    private static func share(
        _ shape: Shape, _ tasks: [Candidate], _ proposals: inout [PackProposal],
        _ context: inout PlacementContext,
        limit: Int, makeID: () -> PackID
    ) {
        var rest = tasks[...]
        var given: [SiteID: Int] = [:]
        guard !rest.isEmpty else { return }
        let size = members(of: shape, ready: rest.count, in: context)
        while let first = rest.first, proposals.count < limit {
            let inputs = first.inputsThere
            let request = PlacementRequest(shape: shape, inputsThere: inputs)
            let placement = Placement.decide(request, in: context)
            guard let choice = next(placement, request, given, context) else { return }
            guard let pack = fill(choice, shape, Array(rest.prefix(size)), makeID, &context) else { return }
            given[choice.site, default: 0] += 1
            rest = rest.dropFirst(pack.members.count)
            proposals.append(pack)
        }
    }

    /// The choice at the site that got the fewest packs in this round, of those the best.
    private static func next(
        _ placement: Placement, _ request: PlacementRequest, _ given: [SiteID: Int],
        _ context: PlacementContext
    ) -> PlacementChoice? {
        guard placement.choice != nil else { return nil }
        let possible = placement.perSite.filter(\.isPossible)
        let fewest = possible.min { left, right in
            let counts = (given[left.site] ?? 0, given[right.site] ?? 0)
            return counts.0 != counts.1
                ? counts.0 < counts.1 : (right.score, left.site) < (left.score, right.site)
        }
        guard let fewest, let site = context.sites.first(where: { $0.document.id == fewest.site }) else {
            return nil
        }
        return SiteEvaluation(request: request, context: context, site: site).result().1
    }

    /// How many tasks a pack gets: all sites with room get a like number of packs of at most ten for each that runs at a
    /// time, and more only when even that would leave tasks without a job.
    static func members(of shape: Shape, ready: Int, in context: PlacementContext) -> Int {
        let placement = Placement.decide(PlacementRequest(shape: shape), in: context)
        var sites = 0
        var room = 0
        var usual = usualMembers
        for verdict in placement.perSite where verdict.isPossible {
            guard let site = context.sites.first(where: { $0.document.id == verdict.site }),
                let agent = site.agents.first(where: { $0.terms.id == verdict.agent }),
                let id = verdict.partition, let partition = site.document.partition(id)
            else { continue }
            sites += 1
            room += min(SiteEvaluation.room(partition, agent), 1_000_000)
            let side = Packing.atOnce(shape.resources, site.document.packing, partition, agent)
            usual = max(usual, usualMembers * side)
        }
        guard sites > 0, room > 0 else { return 1 }
        let share = (ready + sites - 1) / sites
        let packs = (share + usual - 1) / usual
        let even = (share + packs - 1) / packs
        return max(even, (ready + room - 1) / room)
    }

    /// As many of the tasks as the site's limits, the partition's walltime and the budget allow, in one pack.
    private static func fill(
        _ choice: PlacementChoice, _ shape: Shape, _ tasks: [Candidate], _ makeID: () -> PackID,
        _ context: inout PlacementContext
    ) -> PackProposal? {
        guard let site = context.sites.first(where: { $0.document.id == choice.site }),
            let partition = site.document.partition(choice.partition)
        else { return nil }
        let limits = site.document.packing
        let atOnce =
            agent(choice, site).map {
                Packing.atOnce(shape.resources, limits, partition, $0)
            } ?? 1
        let each = max(1, shape.resources.walltimeSeconds)
        let longest = max(each, min(limits.maximumWalltimeSeconds, partition.maximumWalltimeSeconds))
        let (most, overflow) = Int(clamping: longest / each).multipliedReportingOverflow(by: atOnce)
        var count = max(1, min(tasks.count, limits.maximumMembers, overflow ? .max : most))
        while count > 1 {
            var whole = shape
            whole.resources = job(of: count, each: shape.resources, atOnce: atOnce)
            let evaluation = SiteEvaluation(
                request: PlacementRequest(shape: whole), context: context, site: site)
            if let larger = evaluation.result().1, larger.agent == choice.agent,
                larger.partition == choice.partition, larger.budget == choice.budget
            {
                let shares = split(larger.hold, into: count)
                return take(larger, tasks.prefix(count).map(\.task), shares, makeID(), &context)
            }
            count = count > 4 ? count * 3 / 4 : count - 1
        }
        return take(choice, tasks.prefix(1).map(\.task), [choice.hold], makeID(), &context)
    }

    private static func agent(_ choice: PlacementChoice, _ site: SiteContext) -> AgentContext? {
        site.agents.first { $0.terms.id == choice.agent }
    }

    /// Equal shares that add up to the whole: the first ones take what does not divide.
    static func split(_ hold: Amount, into count: Int) -> [Amount] {
        let (each, rest) = hold.thousandths.quotientAndRemainder(dividingBy: Int64(count))
        return (0..<count).map { Amount(thousandths: each + (Int64($0) < rest ? 1 : 0)) }
    }

    private static func take(
        _ choice: PlacementChoice, _ tasks: [TaskID], _ holds: [Amount], _ pack: PackID,
        _ context: inout PlacementContext
    ) -> PackProposal {
        let proposal = PackProposal(
            pack: pack, agent: choice.agent, site: choice.site, partition: choice.partition,
            mustStartBy: choice.mustStartBy, resources: choice.resources,
            graceSeconds: choice.graceSeconds,
            members: zip(tasks, holds).map { .init(task: $0, budget: choice.budget, hold: $1) })
        context.take(proposal, resources: choice.resources)
        return proposal
    }
}
