import Dispatch

/// A serial executor of its own: SQLite, markers and process tables block, and must not block the few threads that
/// everything else runs on.
final class WorkThread: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        queue.async { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
