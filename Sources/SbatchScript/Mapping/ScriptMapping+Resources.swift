import Federation

/// Nodes, ranks, cores and walltime. Hansa asks for the same on each of some nodes; what Slurm would spread unevenly is
/// refused with the even numbers next to it.
extension ScriptMapping {
    mutating func readResources() {
        readTime()
        readNodesAndRanks()
        readDevices()
        readCores()
        readMemory()
        readExclusive()
        checkSizes()
    }

    /// A number from 1 of an option, or nil where it is not set or wrong.
    mutating func count(_ option: SbatchOption) -> Int? {
        guard let directive = effective[option] else { return nil }
        guard let number = WholeNumber.read(directive.value ?? "", digits: 7), number > 0 else {
            refuse(directive, "is no whole number from 1", "e.g. --\(option.rawValue)=4")
            return nil
        }
        return number
    }

    private mutating func readTime() {
        if let directive = effective[.time] {
            switch TimeLimit(directive.value ?? "") {
            case .minutes(let minutes):
                resources.walltimeSeconds = minutes * 60
                note(directive, .mapped, "walltime \(TimeLimit.minutes(minutes).text)")
            case .unlimited where choices.walltimeSeconds == nil:
                refuse(
                    directive, "has no end, and the budget is held for the whole walltime",
                    "write how long it may take, e.g. --time=12:00:00")
            case .unlimited: note(directive, .ignored, "--time on the command line counts")
            case nil:
                refuse(
                    directive, "is no walltime",
                    "minutes, h:m:s, d-h or d-h:m:s: --time=90, --time=1:30:00, --time=2-12")
            }
        } else if choices.walltimeSeconds == nil {
            faults.append(
                ScriptFault(
                    line: 1, found: "",
                    message: "no line says the walltime, and the budget is held for the whole of it",
                    advice: "write #SBATCH --time=01:00:00, or say hansa submit --time 01:00:00"))
        }
        if let seconds = choices.walltimeSeconds { resources.walltimeSeconds = seconds }
        if let directive = effective[.signal], resources.walltimeSeconds > 0,
            signalBefore >= resources.walltimeSeconds
        {
            refuse(
                directive, "comes before the start: the walltime is \(resources.walltimeSeconds) s",
                "write fewer seconds after the @")
        }
    }

    private mutating func readNodesAndRanks() {
        let nodes = readNodes()
        let perNode = count(.ntasksPerNode)
        let tasks = count(.ntasks)
        if let nodes { resources.nodes = nodes }
        if let tasks, let directive = effective[.ntasks] {
            if nodes == nil, let perNode {
                resources.nodes = (tasks + perNode - 1) / perNode
            }
            let count = resources.nodes
            guard tasks % count == 0 else {
                let even = (tasks + count - 1) / count
                refuse(
                    directive, "\(tasks) ranks do not spread evenly over \(count) nodes",
                    "write --nodes=\(count) --ntasks-per-node=\(even), or another number of nodes")
                return
            }
            resources.ranksPerNode = tasks / count
            if let perNode, resources.ranksPerNode > perNode {
                refuse(
                    directive, "\(tasks) ranks on \(count) nodes are more than \(perNode) on each",
                    "write --nodes=\((tasks + perNode - 1) / perNode)")
            }
            if nodes == nil, perNode == nil, tasks > 1 {
                note(directive, .mapped, "\(tasks) ranks on one node; write --nodes to spread them")
            } else {
                note(directive, .mapped, "\(resources.ranksPerNode) ranks on each node")
            }
        } else if let perNode {
            resources.ranksPerNode = perNode
        }
        if let directive = effective[.ntasksPerNode], perNode != nil {
            note(directive, .mapped, "\(resources.ranksPerNode) ranks on each of \(resources.nodes) nodes")
        }
    }

    private mutating func readNodes() -> Int? {
        guard let directive = effective[.nodes] else { return nil }
        guard let nodes = NodeCount(directive.value ?? "") else {
            refuse(directive, "is no number of nodes", "e.g. --nodes=4")
            return nil
        }
        let spread = nodes.most.map { $0 > nodes.least ? ", the fewest of those allowed" : "" } ?? ""
        note(directive, .mapped, "\(nodes.least) node\(nodes.least == 1 ? "" : "s")\(spread)")
        return nodes.least
    }

    private mutating func readCores() {
        var perRank = count(.cpusPerTask)
        if let directive = effective[.tresPerTask],
            let cpus = GenericResource.list(directive.value ?? "")?.first(where: { $0.name == "cpu" })?.count
        {
            perRank = max(1, cpus)
        }
        resources.coresPerNode = WholeNumber.product(resources.ranksPerNode, perRank ?? 1)
        if let directive = effective[.cpusPerTask], let perRank {
            note(directive, .mapped, "\(perRank) cores for each rank, \(resources.coresPerNode) on each node")
        }
        if let perDevice = count(.cpusPerGpu), let directive = effective[.cpusPerGpu] {
            resources.coresPerNode = max(
                resources.coresPerNode, WholeNumber.product(perDevice, resources.devicesPerNode))
            note(directive, .mapped, "\(resources.coresPerNode) cores on each node")
        }
        if let least = count(.mincpus), let directive = effective[.mincpus] {
            resources.coresPerNode = max(resources.coresPerNode, least)
            note(directive, .mapped, "\(resources.coresPerNode) cores on each node")
        }
    }

    private mutating func readExclusive() {
        guard let directive = effective[.exclusive] else { return }
        switch directive.value {
        case nil, "exclusive":
            resources.exclusive = true
            note(directive, .mapped, "whole nodes")
        case "user", "mcs": passOn(directive, "a weaker sort of exclusive")
        default: refuse(directive, "is no sort of exclusive", "write --exclusive")
        }
    }

    /// The bounds of campaign documents, said with the line that crosses them.
    private mutating func checkSizes() {
        let sizes: [(Int, Int, [SbatchOption], String)] = [
            (resources.nodes, 100_000, [.nodes, .ntasks], "nodes"),
            (resources.ranksPerNode, 10_000, [.ntasks, .ntasksPerNode, .ntasksPerGpu], "ranks on a node"),
            (
                resources.coresPerNode, 100_000,
                [.cpusPerTask, .cpusPerGpu, .mincpus, .ntasks, .tresPerTask],
                "cores on a node"
            ),
            (
                resources.devicesPerNode, 1024, [.gpus, .gpusPerNode, .gpusPerTask, .gres, .tresPerTask],
                "devices on a node"
            ),
            (resources.memoryMiBPerNode, 1 << 30, [.mem, .memPerCpu, .memPerGpu], "MiB of memory on a node"),
            (Int(resources.walltimeSeconds), 31_536_000, [.time], "seconds of walltime"),
        ]
        for (size, most, options, words) in sizes where size > most {
            let directive = options.lazy.compactMap { [effective] in effective[$0] }.first
            faults.append(
                ScriptFault(
                    line: directive?.line, column: directive?.column, found: directive?.written ?? "",
                    message: "\(size) \(words), more than \(most)", advice: "ask for less"))
        }
    }
}
