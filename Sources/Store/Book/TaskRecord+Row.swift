import Federation
import Postgres

extension TaskRecord {
    /// The columns that `init(row:)` reads, of `task t`.
    static let columns: SQL = """
        t.submission, t.index, t.state, t.live, t.last_fence, t.cancel_requested, t.completed_by, t.not_before,
        t.failures, t.disruptions, t.retries_allowed, t.links, t.links_allowed, t.links_without_progress, t.progress,
        t.bound_to, t.on_silence, t.last_failure
        """

    /// Reads a row of `columns`.
    init(row: Row) throws {
        self.init(
            id: try row.taskID(), state: try row.decode("state"),
            retriesAllowed: Int(try row.decode("retries_allowed", as: Int32.self)),
            linksAllowed: Int(try row.decode("links_allowed", as: Int32.self)),
            onSilence: try row.decode("on_silence"))
        live = try row.decode("live")
        lastFence = try row.decode("last_fence")
        cancelRequested = try row.decode("cancel_requested")
        completedBy = try row.decode("completed_by")
        notBefore = try row.decode("not_before")
        failures = Int(try row.decode("failures", as: Int32.self))
        disruptions = Int(try row.decode("disruptions", as: Int32.self))
        links = Int(try row.decode("links", as: Int32.self))
        linksWithoutProgress = Int(try row.decode("links_without_progress", as: Int32.self))
        progress = try row.decode("progress")
        boundTo = try row.decode("bound_to")
        lastFailure = try row.decode("last_failure")
    }

    /// The statement that writes the task back, if its row still stands where `old` stood.
    func update(from old: TaskRecord, row task: Int64, now: Instant) -> SQL {
        """
        UPDATE task SET state = \(state), live = \(live), last_fence = \(lastFence),
            cancel_requested = \(cancelRequested), completed_by = \(completedBy), not_before = \(notBefore),
            failures = \(Int32(clamping: failures)), disruptions = \(Int32(clamping: disruptions)),
            retries_allowed = \(Int32(clamping: retriesAllowed)),
            links = \(Int32(clamping: links)), links_allowed = \(Int32(clamping: linksAllowed)),
            links_without_progress = \(Int32(clamping: linksWithoutProgress)), progress = \(progress),
            bound_to = \(boundTo), on_silence = \(onSilence), last_failure = \(lastFailure),
            ended_at = CASE WHEN \(state.hasEnded) THEN coalesce(ended_at, \(now)) END
        WHERE id = \(task) AND state = \(old.state) AND last_fence = \(old.lastFence)
            AND live IS NOT DISTINCT FROM \(old.live)
        RETURNING 1
        """
    }
}
