public import Federation
import Postgres

extension SiteStore {
    /// The site's settled attempts that ended in that time, by their agents, oldest first.
    public func settled(
        at site: SiteID, from: Instant, until: Instant
    ) async throws -> [AgentID: [AttemptKey]] {
        // What has ended is settled later: the index of settlements' times leaves out what is older.
        let rows = try await pool.query(
            """
            SELECT a.agent, t.submission, t.index, a.fence FROM attempt_past a JOIN task t ON t.id = a.task
            WHERE a.site = \(site) AND a.state = 'settled' AND a.settled_at >= \(from)
                AND coalesce(a.ended_at, a.settled_at) >= \(from)
                AND coalesce(a.ended_at, a.settled_at) < \(until)
            ORDER BY a.settled_at, a.task, a.fence
            """)
        var keys: [AgentID: [AttemptKey]] = [:]
        for row in rows {
            keys[try row.decode("agent"), default: []].append(
                AttemptKey(task: try row.taskID(), fence: try row.decode("fence")))
        }
        return keys
    }
}
