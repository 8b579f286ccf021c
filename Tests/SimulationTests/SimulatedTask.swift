import Federation

/// A task as its user knows it.
struct SimulatedTask {
    var id: TaskID
    var sites: [Int]
    var walltime: Double
    var nodes: Int
    var duration: Double
    /// Runs that end with exit 85 before one ends with 0.
    var linksWanted: Int
    var retries: Int
    var onSilence: OnSilence
    var packable: Bool
    var spec: TaskSpec
    var wasSubmitted = false

    var record: TaskRecord {
        TaskRecord(
            id: id, state: .ready, retriesAllowed: retries, linksAllowed: linksWanted + 2,
            onSilence: onSilence)
    }

    var hold: Amount { Amount(thousandths: Int64(nodes) * Int64((walltime + World.grace) * 60) * 1000) }
}
