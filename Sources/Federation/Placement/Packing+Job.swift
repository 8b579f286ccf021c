/// What a job of several tasks asks for, and how many of them run in it at a time: one rule, which the hold and the offer
/// follow from at the coordinator, and the wrapper's loop at the site.
extension Packing {
    /// More than this is never run by one wrapper at a time: each needs several open files of it.
    public static let mostAtOnce = 64

    /// The resources of a job of so many tasks that each want `each`, of which at most so many run beside each other: cores
    /// and memory of those side by side, and the walltime of so many rounds. Tasks that want nodes, ranks or accelerators
    /// of their own have the whole job, one after another.
    static func job(of count: Int, each: Resources, atOnce most: Int) -> Resources {
        var job = each
        let side = max(1, min(count, mayShare(each) ? most : 1))
        let rounds = (count + side - 1) / side
        // No more beside each other than the rounds need: of eleven on ten, six and five.
        let lanes = (count + rounds - 1) / rounds
        job.walltimeSeconds = max(1, each.walltimeSeconds) * Int64(rounds)
        job.coresPerNode = each.coresPerNode * lanes
        job.memoryMiBPerNode = each.memoryMiBPerNode * lanes
        return job
    }

    /// How many of a pack's members run at a time in its job: as many as its walltime was made for, on the cores and the
    /// memory that it has.
    public static func atOnce(in offer: Offer) -> Int {
        let members = offer.members.map(\.spec.resources)
        guard members.count > 1, members.allSatisfy(mayShare) else { return 1 }
        let each = max(1, members.map(\.walltimeSeconds).max() ?? 1)
        let rounds = Int(clamping: max(1, offer.resources.walltimeSeconds / each))
        let lanes = (members.count + rounds - 1) / rounds
        let cores = members.map(\.coresPerNode).max() ?? 1
        let memory = members.map(\.memoryMiBPerNode).max() ?? 0
        let byCores = offer.resources.coresPerNode / max(1, cores)
        let byMemory = memory > 0 ? offer.resources.memoryMiBPerNode / memory : lanes
        return max(1, min(lanes, byCores, byMemory, mostAtOnce))
    }

    /// How many tasks of a shape may run beside each other in a job there, now.
    static func atOnce(
        _ each: Resources, _ limits: PackingLimits, _ partition: SitePartition, _ agent: AgentContext
    ) -> Int {
        guard let most = limits.maximumAtOnce, mayShare(each) else { return 1 }
        var cores = partition.coresPerNode
        // A host that knows its free cores has no more than those to give.
        if let free = agent.capacity.first(where: { $0.partition == partition.id })?.freeCores {
            cores = min(cores, free - (agent.pending[partition.id]?.cores ?? 0))
        }
        let byCores = cores / max(1, each.coresPerNode)
        let byMemory =
            each.memoryMiBPerNode > 0 ? partition.memoryMiBPerNode / each.memoryMiBPerNode : byCores
        return max(1, min(most, byCores, byMemory, mostAtOnce))
    }

    /// Whether such a task can have its part of a job's one node.
    private static func mayShare(_ each: Resources) -> Bool {
        each.nodes == 1 && each.ranksPerNode == 1 && each.devicesPerNode == 0 && !each.exclusive
    }
}
