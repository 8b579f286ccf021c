import Federation

/// Watches whether a program makes progress: a line in its metrics, a checkpoint, and, as long as it has written no
/// metrics at all, its output.
struct StallWatch {
    /// What a program leaves while it gets on.
    private struct Traces: Equatable {
        var metrics: Int64?
        var metricsBytes: Int64 = 0
        var newestCheckpoint: Int64 = 0
        var output = 0
    }

    private let folder: MemberFolder
    private let limit: Int64
    private let every: Int64
    private var seen = Traces()
    private var since: Int64
    private var lookedAt: Int64

    /// The watch of a program that starts now, by `WallClock.running`; nil where its task sets no limit.
    init?(_ spec: TaskSpec, _ folder: MemberFolder, now: Int64) {
        guard let seconds = spec.failureRules?.stallAfterSeconds else { return nil }
        self.folder = folder
        limit = seconds * 1_000_000
        // A look is a few stats; ten within the limit are exact enough.
        every = min(10_000_000, max(200_000, limit / 10))
        since = now
        lookedAt = now
    }

    /// Whether nothing has moved for so long. Time in which nobody looked, because the job was suspended, does not
    /// count: the program could not move either.
    mutating func isStalled(outputBytes: Int, now: Int64) -> Bool {
        guard now - lookedAt >= every else { return false }
        let pause = now - lookedAt - every
        if pause > 5_000_000 { since += pause }
        lookedAt = now
        let traces = look(outputBytes)
        if traces != seen {
            seen = traces
            since = now
        }
        return now - since >= limit
    }

    private func look(_ outputBytes: Int) -> Traces {
        var traces = Traces()
        if let metrics = FileStatus(folder.metrics), metrics.bytes > 0 {
            traces.metrics = metrics.modified
            traces.metricsBytes = metrics.bytes
        } else {
            traces.output = outputBytes
        }
        let checkpoints = folder.checkpoints
        for path in [checkpoints] + Folder.entries(checkpoints).prefix(1000).map({ "\(checkpoints)/\($0)" }) {
            traces.newestCheckpoint = max(traces.newestCheckpoint, DurableFile.modified(path) ?? 0)
        }
        return traces
    }
}
