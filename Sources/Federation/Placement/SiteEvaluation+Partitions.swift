/// A partition's stack, limits and room.
extension SiteEvaluation {
    /// What speaks against a partition with an agent.
    func partitionRefusals(_ partition: SitePartition, _ agent: AgentContext) -> [Refusal] {
        limitRefusals(partition, agent) + roomRefusals(partition, agent)
    }

    private func limitRefusals(_ partition: SitePartition, _ agent: AgentContext) -> [Refusal] {
        let asked = shape.resources
        let id = partition.id
        var refusals: [Refusal] = []
        if !partition.stacks.contains(shape.stack) {
            refusals.append(.stackMissing(partition: id, stack: shape.stack, has: partition.stacks))
        }
        // What an agent finds at its site may only tighten what the document says.
        let found = agent.capacity.first { $0.partition == id }?.maximumWalltimeSeconds
        let longest = min(partition.maximumWalltimeSeconds, found ?? Int64.max)
        if asked.walltimeSeconds > longest {
            refusals.append(.walltime(partition: id, asked: asked.walltimeSeconds, most: longest))
        }
        if asked.nodes > partition.maximumNodes {
            refusals.append(.nodes(partition: id, asked: asked.nodes, most: partition.maximumNodes))
        }
        if asked.coresPerNode > partition.coresPerNode {
            refusals.append(.cores(partition: id, asked: asked.coresPerNode, most: partition.coresPerNode))
        }
        if asked.memoryMiBPerNode > partition.memoryMiBPerNode {
            refusals.append(
                .memory(partition: id, asked: asked.memoryMiBPerNode, most: partition.memoryMiBPerNode))
        }
        let isOtherType = asked.deviceType != nil && asked.deviceType != partition.deviceType
        if asked.devicesPerNode > 0, asked.devicesPerNode > partition.devicesPerNode || isOtherType {
            refusals.append(
                .devices(
                    partition: id, asked: asked.devicesPerNode, type: asked.deviceType,
                    has: partition.devicesPerNode, hasType: partition.deviceType))
        }
        if asked.devicesPerNode == 0, partition.devicesPerNode > 0 {
            refusals.append(.devicesUnused(partition: id, type: partition.deviceType ?? "device"))
        }
        return refusals
    }

    private func roomRefusals(_ partition: SitePartition, _ agent: AgentContext) -> [Refusal] {
        // An agent that has never spoken has said nothing about its partitions either.
        guard agent.presence != .neverSeen else { return [] }
        let id = partition.id
        guard let capacity = agent.capacity.first(where: { $0.partition == id }) else {
            return [.partitionNotServed(agent: agent.terms.id, partition: id)]
        }
        if let most = partition.maximumQueuedJobs, agent.jobs[id] ?? 0 >= most {
            return [.jobCap(partition: id, most: most)]
        }
        guard capacity.freeJobs <= agent.pending[id]?.packs ?? 0 else { return [] }
        if capacity.freeJobs <= 0, let remark = capacity.remark {
            return [.partitionClosed(partition: id, remark: remark)]
        }
        return [.jobCap(partition: id, most: partition.maximumQueuedJobs)]
    }

    /// How many more jobs the agent takes in a partition.
    static func room(_ partition: SitePartition, _ agent: AgentContext) -> Int {
        guard let capacity = agent.capacity.first(where: { $0.partition == partition.id }) else { return 0 }
        let reported = capacity.freeJobs - (agent.pending[partition.id]?.packs ?? 0)
        let capped = partition.maximumQueuedJobs.map { $0 - (agent.jobs[partition.id] ?? 0) }
        return max(0, min(reported, capped ?? Int.max))
    }

    /// When a job would start: at once where enough cores are free, else after what jobs waited there lately.
    func expectedStart(_ agent: AgentContext, _ partition: SitePartition) -> Instant? {
        let capacity = agent.capacity.first { $0.partition == partition.id }
        let granted = partition.granted(shape.resources)
        if let free = capacity?.freeCores {
            let cores = granted.coresPerNode * granted.nodes
            if free - (agent.pending[partition.id]?.cores ?? 0) >= cores { return context.now }
        }
        return site.waits[partition.id].map { context.now.adding(seconds: $0) }
    }
}
