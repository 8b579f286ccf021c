import Federation

/// What the site itself says of its limits. They only ever tighten what is configured; what could not be asked is not
/// there.
struct SiteLimits: Hashable, Sendable {
    /// One partition.
    struct Partition: Hashable, Sendable {
        /// The longest walltime, seconds; nil is none or unknown.
        var walltimeSeconds: Int64?
        /// The most nodes of one job.
        var nodes: Int?
        /// All of its nodes.
        var allNodes: Int?
        /// Cores of its nodes, on average.
        var coresPerNode: Int?
        /// The partition's own QoS.
        var qos: String?
        /// Whether it takes jobs.
        var isUp = true
    }

    /// One QoS.
    struct Quality: Hashable, Sendable {
        var walltimeSeconds: Int64?
        /// Jobs of one user that may wait and run.
        var submittedJobs: Int?
    }

    /// By the site's names.
    var partitions: [String: Partition] = [:]
    /// By name.
    var qualities: [String: Quality] = [:]
    /// The tightest number of jobs in the associations of this user.
    var submittedJobs: Int?

    /// Reads `scontrol -o show partition`.
    mutating func readPartitions(_ text: String) {
        for line in text.split(separator: "\n") {
            var values: [Substring: Substring] = [:]
            for word in line.split(separator: " ") {
                let parts = word.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { values[parts[0]] = parts[1] }
            }
            guard let name = values["PartitionName"] else { continue }
            var partition = Partition()
            partition.walltimeSeconds = SiteLimits.duration(values["MaxTime"])
            let total = values["TotalNodes"].flatMap { Int($0) }
            partition.nodes = [values["MaxNodes"].flatMap { Int($0) }, total].compactMap { $0 }.min()
            partition.allNodes = total
            if let cores = values["TotalCPUs"].flatMap({ Int($0) }), let total, total > 0 {
                partition.coresPerNode = cores / total
            }
            if let qos = values["QoS"], qos != "N/A" { partition.qos = String(qos) }
            if let state = values["State"] { partition.isUp = state == "UP" }
            partitions[String(name)] = partition
        }
    }

    /// Reads `sacctmgr -n -P show qos format=Name,MaxWall,MaxSubmitPU`.
    mutating func readQualities(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count >= 3, !fields[0].isEmpty else { continue }
            qualities[String(fields[0])] = Quality(
                walltimeSeconds: SiteLimits.duration(fields[1]), submittedJobs: Int(fields[2]))
        }
    }

    /// Reads `sacctmgr -n -P show assoc format=MaxSubmit,GrpSubmit`.
    mutating func readAssociations(_ text: String) {
        for line in text.split(separator: "\n") {
            for field in line.split(separator: "|") {
                if let count = Int(field) { submittedJobs = min(submittedJobs ?? count, count) }
            }
        }
    }

    /// What holds for jobs in that partition under that QoS.
    func walltime(partition: String, qos: String?) -> Int64? {
        let own = partitions[partition]
        let names = [own?.qos, qos].compactMap { $0 }
        return
            ([own?.walltimeSeconds].compactMap { $0 } + names.compactMap { qualities[$0]?.walltimeSeconds })
            .min()
    }

    /// How many jobs of this user may be there.
    func jobs(partition: String, qos: String?) -> Int? {
        let names = [partitions[partition]?.qos, qos].compactMap { $0 }
        return (names.compactMap { qualities[$0]?.submittedJobs } + [submittedJobs].compactMap { $0 }).min()
    }

    /// A limit like `1-00:00:00`, `02:00:00`, `30:00` or `60` (minutes), in seconds; `UNLIMITED` is none.
    static func duration(_ text: Substring?) -> Int64? {
        guard let text, let first = text.first, first.isNumber else { return nil }
        if let minutes = Int64(text) { return minutes * 60 }
        return AccountingRow.seconds(String(text)).map { Int64($0) }
    }
}
