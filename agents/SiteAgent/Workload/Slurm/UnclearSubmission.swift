/// A submission of which nobody knows whether it made a job. A controller that was frozen answers questions before it
/// takes up what came earlier, so one look proves nothing: it has to answer twice, some time apart.
struct UnclearSubmission {
    /// Seconds between two answers that show nothing.
    static let apartSeconds: Int64 = 10

    /// When the queue first answered without the job, boot clock, microseconds.
    private var missedAt: Int64?
    /// Whether nothing is expected any more.
    private(set) var isSettled = false

    /// The queue was read without a trace of the job.
    mutating func missed(_ now: Int64) {
        guard let first = missedAt else {
            missedAt = now
            return
        }
        if now - first >= UnclearSubmission.apartSeconds * 1_000_000 { isSettled = true }
    }
}
