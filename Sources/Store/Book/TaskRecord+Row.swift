import Federation
import Postgres

extension TaskRecord {
    /// The columns that `init(row:)` reads, of `task t`.
    static let columns: SQL = """
        t.submission, t.index, t.state, t.live, t.last_fence, t.cancel_requested, t.completed_by, t.not_before,
        t.failures, t.disruptions, t.unstarted, t.retries_allowed, t.links, t.links_allowed,
        t.links_without_progress, t.progress, t.bound_to, t.on_silence, t.last_failure
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
        unstarted = Int(try row.decode("unstarted", as: Int32.self))
        links = Int(try row.decode("links", as: Int32.self))
        linksWithoutProgress = Int(try row.decode("links_without_progress", as: Int32.self))
        progress = try row.decode("progress")
        boundTo = try row.decode("bound_to")
        lastFailure = try row.decode("last_failure")
    }

    /// The statement that writes tasks back whose rows still stand where `old` stood; answers a row for each.
    static func update(_ changes: [(old: TaskRecord, new: TaskRecord, row: Int64)], now: Instant) -> SQL {
        let new = changes.map(\.new)
        return """
            UPDATE task t SET state = u.state, live = u.live, last_fence = u.last_fence,
                cancel_requested = u.cancel_requested, completed_by = u.completed_by, not_before = u.not_before,
                failures = u.failures, disruptions = u.disruptions, unstarted = u.unstarted,
                retries_allowed = u.retries_allowed, links = u.links, links_allowed = u.links_allowed,
                links_without_progress = u.links_without_progress, progress = u.progress,
                bound_to = u.bound_to, on_silence = u.on_silence, last_failure = u.last_failure,
                ended_at = CASE WHEN u.has_ended THEN coalesce(t.ended_at, \(now)) END
            FROM unnest(\(changes.map(\.row)), \(changes.map(\.old.state)), \(changes.map(\.old.lastFence)),
                \(changes.map(\.old.live)), \(new.map(\.state)), \(new.map(\.live)), \(new.map(\.lastFence)),
                \(new.map(\.cancelRequested)), \(new.map(\.completedBy)), \(new.map(\.notBefore)),
                \(new.map { Int32(clamping: $0.failures) }), \(new.map { Int32(clamping: $0.disruptions) }),
                \(new.map { Int32(clamping: $0.unstarted) }), \(new.map { Int32(clamping: $0.retriesAllowed) }),
                \(new.map { Int32(clamping: $0.links) }),
                \(new.map { Int32(clamping: $0.linksAllowed) }),
                \(new.map { Int32(clamping: $0.linksWithoutProgress) }), \(new.map(\.progress)),
                \(new.map(\.boundTo)), \(new.map(\.onSilence)), \(new.map(\.lastFailure)),
                \(new.map(\.state.hasEnded)))
            AS u(id, old_state, old_fence, old_live, state, live, last_fence, cancel_requested, completed_by,
                not_before, failures, disruptions, unstarted, retries_allowed, links, links_allowed,
                links_without_progress, progress, bound_to, on_silence, last_failure, has_ended)
            WHERE t.id = ANY(\(changes.map(\.row))) AND t.id = u.id AND t.state = u.old_state AND t.last_fence = u.old_fence
                AND t.live IS NOT DISTINCT FROM u.old_live
            RETURNING 1
            """
    }
}
