import Federation

/// Accelerators and memory.
extension ScriptMapping {
    mutating func readDevices() {
        var asked: [(directive: Directive, perNode: Int, type: String?)] = []
        for option in [SbatchOption.gpus, .gpusPerNode, .gpusPerTask, .gpusPerSocket] {
            guard let directive = effective[option] else { continue }
            guard let devices = DeviceCount(directive.value ?? "") else {
                refuse(
                    directive, "is no number of devices of one type",
                    "e.g. --gpus-per-node=4 or --gpus-per-node=a100:4")
                continue
            }
            if let count = perNode(devices.count, option, directive) {
                asked.append((directive, count, devices.deviceType))
            }
        }
        asked += genericDevices()
        guard let first = asked.first else { return }
        for (directive, count, type) in asked {
            guard count == first.perNode, type == nil || first.type == nil || type == first.type else {
                refuse(
                    directive, "asks for other devices than line \(first.directive.line)",
                    "leave one of them: --gpus-per-node=\(first.perNode)")
                continue
            }
            let name = type ?? first.type
            note(directive, .mapped, count == 0 ? "no device" : "\(count) \(name ?? "devices") on each node")
        }
        resources.devicesPerNode = first.perNode
        guard first.perNode > 0 else { return }
        resources.deviceType = asked.lazy.compactMap(\.type).first
        setStack()
        if let ranks = count(.ntasksPerGpu), let directive = effective[.ntasksPerGpu],
            effective[.ntasks] == nil, effective[.ntasksPerNode] == nil
        {
            resources.ranksPerNode = WholeNumber.product(ranks, first.perNode)
            note(directive, .mapped, "\(resources.ranksPerNode) ranks on each node")
        }
    }

    private mutating func setStack() {
        if let own = choices.stack {
            stack = own
        } else if let type = resources.deviceType {
            stack = type.hasPrefix("mi") ? "rocm" : "cuda"
        } else {
            stack = "cuda"
            assume("the stack cuda, because no type of device is named; --stack rocm for the others")
        }
    }

    /// Devices on each node out of a number that may count something else.
    private mutating func perNode(_ count: Int, _ option: SbatchOption, _ directive: Directive) -> Int? {
        switch option {
        case .gpusPerNode: return count
        case .gpusPerTask: return WholeNumber.product(count, resources.ranksPerNode)
        case .gpusPerSocket:
            guard let sockets = self.count(.socketsPerNode) else {
                refuse(
                    directive, "sites differ in how many sockets a node has",
                    "write --gpus-per-node=N, or --sockets-per-node beside it")
                return nil
            }
            return WholeNumber.product(count, sockets)
        default:
            guard count % resources.nodes == 0 else {
                refuse(
                    directive, "\(count) devices do not spread evenly over \(resources.nodes) nodes",
                    "write --gpus-per-node=\((count + resources.nodes - 1) / resources.nodes)")
                return nil
            }
            return count / resources.nodes
        }
    }

    /// Devices out of `--gres` and `--tres-per-task`; other resources there are the site's own words.
    private mutating func genericDevices() -> [(directive: Directive, perNode: Int, type: String?)] {
        var asked: [(directive: Directive, perNode: Int, type: String?)] = []
        for option in [SbatchOption.gres, .tresPerTask] {
            guard let directive = effective[option] else { continue }
            let text = directive.value ?? ""
            guard let list = GenericResource.list(text) else {
                refuse(directive, "is no list of resources", "e.g. --gres=gpu:2 or --gres=gpu:a100:2")
                continue
            }
            let others = list.filter { $0.name != "gpu" && !(option == .tresPerTask && $0.name == "cpu") }
            let devices = list.filter { $0.name == "gpu" }
            if !others.isEmpty {
                if devices.isEmpty && option == .gres {
                    passOnToOneSite(directive)
                } else {
                    refuse(
                        directive, "\(others[0].text) stands beside what Hansa asks for itself",
                        "ask for the devices here and for nothing else")
                }
                continue
            }
            if devices.count > 1 {
                refuse(directive, "asks for devices of several types", "make a script for each type")
                continue
            }
            if list.isEmpty { note(directive, .ignored, "asks for nothing") }
            guard let device = devices.first else { continue }
            guard let count = device.count else {
                refuse(directive, "is no number of devices", "e.g. --gres=gpu:2")
                continue
            }
            let type = DeviceCount(count: count, type: device.type).deviceType
            asked.append(
                (
                    directive, option == .gres ? count : WholeNumber.product(count, resources.ranksPerNode),
                    type
                ))
        }
        return asked
    }

    mutating func readMemory() {
        let given = [SbatchOption.mem, .memPerCpu, .memPerGpu].compactMap { effective[$0] }
        if given.count > 1 {
            refuse(
                given[1], "sbatch takes one of --mem, --mem-per-cpu and --mem-per-gpu", "leave one of them")
            return
        }
        guard let directive = given.first, let option = directive.option else {
            let size = MemorySize(
                mebibytes: resources.exclusive || effective[.exclusive] != nil
                    ? 1024 : 2048 * min(resources.coresPerNode, 1 << 19))
            resources.memoryMiBPerNode = size.mebibytes
            assume("memory \(size.text) on each node, because no line says how much")
            return
        }
        guard let size = MemorySize(directive.value ?? "") else {
            refuse(directive, "is no amount of memory", "whole numbers with K, M, G or T: --mem=16G")
            return
        }
        if size.mebibytes == 0 {
            guard option == .mem else {
                refuse(directive, "asks for no memory at all", "e.g. --\(option.rawValue)=2G")
                return
            }
            resources.exclusive = true
            resources.memoryMiBPerNode = 1024
            note(directive, .mapped, "all memory of the nodes, so whole nodes")
            return
        }
        let units =
            option == .mem ? 1 : option == .memPerCpu ? resources.coresPerNode : resources.devicesPerNode
        guard units > 0 else {
            refuse(directive, "counts devices, and the script asks for none", "write --mem")
            return
        }
        resources.memoryMiBPerNode = WholeNumber.product(size.mebibytes, units)
        note(directive, .mapped, "\(MemorySize(mebibytes: resources.memoryMiBPerNode).text) on each node")
    }
}
