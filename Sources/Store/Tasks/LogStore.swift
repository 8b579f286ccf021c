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

    /// A kept piece.
    public struct Piece: Sendable, Hashable {
        /// The byte of the log at which it begins.
        public var offset: Int64
        /// How many of the log's bytes it stands for.
        public var bytes: Int64
        /// What they say; longer than they are where some are no text.
        public var text: String
    }

    /// The kept piece that holds the byte at that offset, from there on; nil when none does, or none that can be cut
    /// there. A negative offset means the piece that is furthest on.
    public func piece(_ task: TaskID, fence: Fence, offset: Int64) async throws -> Piece? {
        // Where nothing had to be replaced by something longer, the text's bytes are the log's.
        let rows = try await pool.query(
            """
            SELECT p.start, p.bytes, p.text FROM log_piece p JOIN task t ON t.id = p.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND p.fence = \(fence) AND (\(offset) < 0 OR p.start = \(offset) OR (p.start < \(offset)
                    AND p.start + p.bytes > \(offset) AND p.bytes = octet_length(p.text)))
            ORDER BY p.start DESC LIMIT 1
            """)
        guard var piece = try rows.first.map(Self.piece) else { return nil }
        let skipped = offset - piece.offset
        guard skipped > 0 else { return piece }
        piece.text = String(decoding: Array(piece.text.utf8).dropFirst(Int(skipped)), as: UTF8.self)
        piece.offset = offset
        piece.bytes -= skipped
        return piece
    }

    /// The first kept piece behind that offset: what the site sent instead of a part that is gone there.
    public func next(_ task: TaskID, fence: Fence, after offset: Int64) async throws -> Piece? {
        let rows = try await pool.query(
            """
            SELECT p.start, p.bytes, p.text FROM log_piece p JOIN task t ON t.id = p.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
                AND p.fence = \(fence) AND p.start > \(offset) ORDER BY p.start LIMIT 1
            """)
        return try rows.first.map(Self.piece)
    }

    private static func piece(_ row: Row) throws -> Piece {
        Piece(
            offset: try row.decode("start"), bytes: try row.decode("bytes"), text: try row.decode("text"))
    }
}
