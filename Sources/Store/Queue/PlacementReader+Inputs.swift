public import Federation
import Postgres

extension PlacementReader {
    /// So many tasks of a shape are asked about in one round: those that go next.
    private static let tasksPerShape = 50

    /// Bytes of the first tasks' inputs that were made at each site, the newest version of each. What only the depot
    /// has counts nowhere.
    public func inputsThere(_ keys: [ReadyKey]) async throws -> [TaskID: [SiteID: Int64]] {
        var asked: [Int64] = []
        for (_, keys) in Dictionary(grouping: keys, by: \.shape) {
            asked += keys.prefix(PlacementReader.tasksPerShape).map(\.row)
        }
        let rows = try await pool.query(
            """
            SELECT t.submission, t.index, p.place, sum(m.bytes)::bigint AS bytes
            FROM task t JOIN task_spec s ON s.task = t.id
            CROSS JOIN LATERAL jsonb_array_elements(s.spec -> 'inputs') AS i(input)
            CROSS JOIN LATERAL (SELECT a.sha256 FROM artifact a
                WHERE a.campaign = CASE WHEN i.input ->> 'artifact' LIKE '%/%'
                        THEN split_part(i.input ->> 'artifact', '/', 1) ELSE t.submission END
                    AND a.name = substr(i.input ->> 'artifact', strpos(i.input ->> 'artifact', '/') + 1)
                ORDER BY a.id DESC LIMIT 1) v
            JOIN manifest m ON m.sha256 = v.sha256
            JOIN artifact_place p ON p.sha256 = v.sha256 AND p.place <> 'depot'
            WHERE t.id = ANY(\(asked)) GROUP BY t.submission, t.index, p.place
            """)
        var there: [TaskID: [SiteID: Int64]] = [:]
        for row in rows {
            there[try row.taskID(), default: [:]][try row.decode("place")] = try row.decode("bytes")
        }
        return there
    }
}
