public import Federation
public import Postgres

/// Logs that somebody reads: asked for at the site, kept piece by piece.
public struct LogStore: Sendable {
    private let pool: Pool

    /// The logs in that database.
    public init(pool: Pool) { self.pool = pool }

    /// An attempt whose log is wanted.
    public struct Subject: Sendable {
        /// Its fence.
        public var fence: Fence
        /// Its agent.
        public var agent: AgentID
        /// Whether it is over, so that its log grows no more.
        public var isOver: Bool
    }

    /// The attempt with that fence, or the newest; nil when there is none.
    public func subject(_ task: TaskID, fence: Fence?) async throws -> Subject? {
        let rows = try await pool.query(
            """
            SELECT a.fence, a.agent, a.state FROM attempt a JOIN task t ON t.id = a.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND (\(fence) IS NULL OR a.fence = \(fence))
            ORDER BY a.fence DESC LIMIT 1
            """)
        return try rows.first.map { row in
            let state: AttemptState = try row.decode("state")
            return Subject(
                fence: try row.decode("fence"), agent: try row.decode("agent"),
                isOver: state == .ended || state == .settled || state.isBurnt)
        }
    }

    /// Asks an attempt's site for a piece; a negative offset counts from the end.
    public func ask(
        _ task: TaskID, _ subject: Subject, offset: Int64, bytes: Int64, now: Instant
    ) async throws {
        try await pool.execute(
            """
            INSERT INTO log_request (agent, task, fence, start, bytes, asked_at)
            SELECT \(subject.agent), id, \(subject.fence), \(offset), \(bytes), \(now) FROM task
            WHERE submission = \(task.submission) AND index = \(Int32(clamping: task.index))
            ON CONFLICT (agent, task, fence) DO UPDATE SET start = excluded.start, bytes = excluded.bytes,
                asked_at = excluded.asked_at
            """)
    }

    /// What an agent is to send; requests of more than a minute ago are dropped.
    public func requests(of agent: AgentID, now: Instant) async throws -> [CoordinatorReply.LogRequest] {
        let rows = try await pool.query(
            """
            SELECT t.submission, t.index, r.fence, r.start, r.bytes FROM log_request r JOIN task t ON t.id = r.task
            WHERE r.agent = \(agent) AND r.asked_at > \(now.adding(seconds: -60)) ORDER BY r.asked_at LIMIT 100
            """)
        return try rows.map { row in
            CoordinatorReply.LogRequest(
                attempt: AttemptKey(task: try row.taskID(), fence: try row.decode("fence")),
                offset: try row.decode("start"), bytes: try row.decode("bytes"))
        }
    }

    /// Whether the site has answered the last wish for a piece of that log.
    public func isAnswered(_ task: TaskID, fence: Fence) async throws -> Bool {
        let rows = try await pool.query(
            """
            SELECT FROM log_request r JOIN task t ON t.id = r.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND r.fence = \(fence)
            """)
        return rows.isEmpty
    }

    /// The kept piece that holds the byte at that offset, from there on; nil when none does. A negative offset means
    /// the piece that is furthest on.
    public func piece(
        _ task: TaskID, fence: Fence, offset: Int64
    ) async throws -> (offset: Int64, text: String)? {
        let rows = try await pool.query(
            """
            SELECT p.start, p.text FROM log_piece p JOIN task t ON t.id = p.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND p.fence = \(fence) AND (\(offset) < 0 OR (p.start <= \(offset)
                    AND p.start + greatest(octet_length(p.text), 1) > \(offset)))
            ORDER BY p.start DESC LIMIT 1
            """)
        guard let row = rows.first else { return nil }
        let start: Int64 = try row.decode("start")
        let text: String = try row.decode("text")
        guard offset > start else { return (start, text) }
        let bytes = Array(text.utf8).dropFirst(Int(offset - start))
        return (offset, String(decoding: bytes, as: UTF8.self))
    }

    /// The first kept piece behind that offset: what the site sent instead of a part that is gone there.
    public func next(
        _ task: TaskID, fence: Fence, after offset: Int64
    ) async throws -> (offset: Int64, text: String)? {
        let rows = try await pool.query(
            """
            SELECT p.start, p.text FROM log_piece p JOIN task t ON t.id = p.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND p.fence = \(fence) AND p.start > \(offset) ORDER BY p.start LIMIT 1
            """)
        return try rows.first.map { (try $0.decode("start"), try $0.decode("text")) }
    }
}
