extension Resources {
    private static let keys = [
        "nodes", "ranks", "cores", "memory", "devices", "deviceType", "exclusive", "walltime",
    ]

    /// The resources of a task; every key may come from the defaults. Ranks, cores, memory and devices are per node.
    static func read(_ object: DocumentObject) -> Resources? {
        guard let own = object.mergedObject("resources", keys: keys) else {
            object.faults.add(
                object.path, "\"resources\" is missing", suggestion: "at least resources: {walltime: 1h}")
            return nil
        }
        let nodes = own.optional("nodes")?.integer(in: 1...100_000) ?? 1
        let ranks = own.optional("ranks")?.integer(in: 1...10_000) ?? 1
        let cores = own.optional("cores")?.integer(in: 1...100_000) ?? ranks
        let memory = own.optional("memory")?.memoryMiB() ?? 1024
        let devices = own.optional("devices")?.integer(in: 0...1024) ?? 0
        let type = own.optional("deviceType")?.text(most: 64)
        let exclusive = own.optional("exclusive")?.flag() ?? false
        let walltime = own.required("walltime")?.seconds()
        if cores < ranks {
            (own.optional("cores") ?? DocumentNode(.null, path: own.path, faults: own.faults)).fault(
                "\(ranks) ranks need at least \(ranks) cores on a node, not \(cores)")
        }
        if devices == 0, let node = own.optional("deviceType") { node.fault("needs \"devices\" as well") }
        guard let walltime else { return nil }
        return Resources(
            nodes: nodes, ranksPerNode: ranks, coresPerNode: cores, memoryMiBPerNode: memory,
            devicesPerNode: devices, deviceType: type, exclusive: exclusive, walltimeSeconds: walltime)
    }
}
