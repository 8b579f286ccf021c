import Federation

/// A job's state as Slurm names it. A name that is not known here counts as one that goes on: nothing may be concluded
/// from it.
struct SlurmState: Hashable, Sendable {
    /// The state's name (`RUNNING`).
    let name: String

    /// The state in a field like `RUNNING`, `CANCELLED by 1000` or `CANCELLED+`.
    init(_ text: String) {
        let word = text.prefix { $0 != " " && $0 != "+" }
        name = word.uppercased()
    }

    /// States after which nothing of the run happens any more.
    private static let over: [String: JobRow.State] = [
        "COMPLETED": .completed, "FAILED": .failed, "TIMEOUT": .timeout, "DEADLINE": .timeout,
        "OUT_OF_MEMORY": .outOfMemory, "NODE_FAIL": .nodeFailure, "PREEMPTED": .preempted,
        "CANCELLED": .cancelled, "BOOT_FAIL": .bootFailure, "LAUNCH_FAILED": .bootFailure,
        "RECONFIG_FAIL": .bootFailure, "REVOKED": .cancelled, "REQUEUED": .preempted,
    ]

    /// States that are known to go on.
    private static let live: Set<String> = [
        "PENDING", "RUNNING", "SUSPENDED", "CONFIGURING", "COMPLETING", "RESIZING", "SIGNALING", "STAGE_OUT",
        "STOPPED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD", "POWER_UP_NODE",
        "EXPEDITING",
    ]

    /// How accounting's row with that state ended; nil where it has not, as far as is known.
    var ended: JobRow.State? { SlurmState.over[name] }
    /// Whether the queue's row shows a job that is over. One that is to run again is not.
    var isOver: Bool { SlurmState.over[name] != nil && name != "REQUEUED" }
    /// Whether the state is one that this program knows.
    var isKnown: Bool { SlurmState.live.contains(name) || SlurmState.over[name] != nil }
    /// Whether the job has not begun.
    var isPending: Bool {
        ["PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD"].contains(name)
    }
}
