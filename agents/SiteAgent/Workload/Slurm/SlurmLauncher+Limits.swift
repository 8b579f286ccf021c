public import Federation

extension SlurmLauncher {
    /// Seconds between two looks at the site's limits.
    static let limitsSeconds: Int64 = 600
    /// Seconds between two looks while a partition takes no jobs: it may open at any moment, and nobody tells.
    static let closedSeconds: Int64 = 20

    /// Partition and limits, as configured and as found.
    public func fault(of offer: Offer) -> String? {
        guard site.partitions.contains(offer.partition) else {
            return "this agent has no partition \"\(offer.partition)\""
        }
        let resources = offer.resources
        let place = partition(offer.partition)
        let found = limits.walltime(partition: place, qos: qos(offer.partition))
        let longest = min(site.maximumWalltimeSeconds, found ?? .max)
        if resources.walltimeSeconds > longest {
            return
                "its walltime of \(resources.walltimeSeconds) s is longer than the \(longest) s allowed here"
        }
        if let nodes = limits.partitions[place]?.nodes, resources.nodes > nodes {
            return "it wants \(resources.nodes) nodes, and \(place) gives \(nodes) at most"
        }
        return nil
    }

    /// Jobs that may still be queued: by configuration, and by the limits found.
    public func capacity(openPacks: Int) async -> [PartitionCapacity] {
        let now = WallClock.sinceBoot()
        if reach.isDown, reach.mayTry(now) { _ = await queue() }
        if !reach.isDown, limitsAt.map({ now - $0 > limitsPatience * 1_000_000 }) ?? true {
            await readLimits()
        }
        let remark = reach.remark(now: now)
        return site.partitions.map { partition in
            let place = self.partition(partition)
            let qos = qos(partition)
            var free = max(0, site.maximumJobs - openPacks)
            if let jobs = limits.jobs(partition: place, qos: qos) {
                free = min(free, max(0, jobs - max(openPacks, jobsInQueue)))
            }
            let walltime = min(
                site.maximumWalltimeSeconds, limits.walltime(partition: place, qos: qos) ?? .max)
            var capacity = PartitionCapacity(
                partition: partition, freeJobs: free, maximumWalltimeSeconds: walltime)
            if remark != nil {
                capacity.freeJobs = 0
                capacity.remark = "Slurm does not answer"
            } else if limits.partitions[place]?.isUp == false {
                capacity.freeJobs = 0
                capacity.remark = "the partition \(place) takes no jobs now"
            }
            return capacity
        }
    }

    private var limitsPatience: Int64 {
        let isClosed = site.partitions.contains { limits.partitions[partition($0)]?.isUp == false }
        return isClosed ? SlurmLauncher.closedSeconds : SlurmLauncher.limitsSeconds
    }

    /// Asks for partitions, QoS and associations; what is denied is left out.
    func readLimits() async {
        limitsAt = WallClock.sinceBoot()
        var found = SiteLimits()
        let partitions = await shell.run("scontrol", ["-o", "show", "partition"])
        switch partitions {
        case .answered(let output, _): found.readPartitions(String(decoding: output, as: UTF8.self))
        case .unreachable(let words), .timedOut(let words):
            reach.failed(words, now: WallClock.sinceBoot())
            limitsAt = nil
            return
        case .refused, .denied: break
        }
        if record.cluster == nil,
            case .answered(let output, _) = await shell.run("scontrol", ["show", "config"])
        {
            readConfiguration(String(decoding: output, as: UTF8.self))
        }
        if record.accounting != .none {
            let format = "format=Name,MaxWall,MaxSubmitPU"
            if case .answered(let output, _) = await shell.run(
                "sacctmgr", ["-n", "-P", "show", "qos", format])
            {
                found.readQualities(String(decoding: output, as: UTF8.self))
            }
            let place = record.cluster.map { ["cluster=\($0)"] } ?? []
            if let user = await userName(),
                case .answered(let output, _) = await shell.run(
                    "sacctmgr", ["-n", "-P", "show", "assoc", "user=\(user)", "format=MaxSubmit"] + place)
            {
                found.readAssociations(String(decoding: output, as: UTF8.self))
            }
        }
        limits = found
    }

    private func userName() async -> String? {
        guard case .answered(let output, _) = await shell.run("id", ["-un"]) else { return nil }
        let name = String(decoding: output, as: UTF8.self).filter { !$0.isWhitespace }
        return name.isEmpty ? nil : name
    }

    /// The cluster's name, and whether there is accounting, out of `scontrol show config`.
    func readConfiguration(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            guard parts.count == 2 else { continue }
            if parts[0] == "ClusterName" { record.cluster = String(parts[1]) }
            if parts[0] == "AccountingStorageType", record.accounting == .unknown {
                let none = parts[1].isEmpty || parts[1].hasSuffix("none") || parts[1] == "(null)"
                record.accounting = none ? .none : .there
            }
        }
    }
}
