extension SitePartition {
    private static let keys = [
        "id", "qos", "nodes", "coresPerNode", "memoryPerNode", "devicesPerNode", "deviceType", "deviceModule",
        "wholeNodes", "stacks", "maxWalltime", "maxNodes", "maxQueuedJobs", "maxRunningJobs", "source",
        "verified",
    ]

    static func read(_ node: DocumentNode) -> SitePartition? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("id")?.identifier(Partition.self)
        let nodes = object.required("nodes")?.integer(in: 1...1_000_000)
        let cores = object.required("coresPerNode")?.integer(in: 1...100_000)
        let memory = object.required("memoryPerNode")?.memoryMiB()
        let walltime = object.required("maxWalltime")?.seconds()
        let stacks = object.required("stacks")?.elements().compactMap { $0.text(most: 64) }
        let source = object.required("source")?.text()
        let devices = object.optional("devicesPerNode")?.integer(in: 0...1024) ?? 0
        let type = object.optional("deviceType")?.text(most: 64)
        if devices > 0 && type == nil { node.fault("has devices but no \"deviceType\"") }
        if devices == 0 && type != nil { node.fault("has a \"deviceType\" but no \"devicesPerNode\"") }
        let module = object.optional("deviceModule").flatMap(DeviceModule.read)
        guard let id, let nodes, let cores, let memory, let walltime, let stacks, let source else {
            return nil
        }
        var partition = SitePartition(
            id: id, nodes: nodes, coresPerNode: cores, memoryMiBPerNode: memory, stacks: stacks,
            maximumWalltimeSeconds: walltime, source: source)
        partition.qos = object.optional("qos")?.text(most: 64)
        partition.devicesPerNode = devices
        partition.deviceType = type
        partition.deviceModule = module
        partition.wholeNodes = object.optional("wholeNodes")?.flag() ?? false
        partition.maximumNodes = object.optional("maxNodes")?.integer(in: 1...nodes) ?? nodes
        partition.maximumQueuedJobs = object.optional("maxQueuedJobs")?.integer(in: 1...10_000_000)
        partition.maximumRunningJobs = object.optional("maxRunningJobs")?.integer(in: 1...10_000_000)
        partition.verified = object.optional("verified")?.flag() ?? false
        return partition
    }
}

extension DeviceModule {
    static func read(_ node: DocumentNode) -> DeviceModule? {
        guard let object = node.object(keys: ["name", "devices"]) else { return nil }
        guard let name = object.required("name")?.text(most: 64),
            let devices = object.required("devices")?.integer(in: 1...64)
        else { return nil }
        return DeviceModule(name: name, devices: devices)
    }
}
