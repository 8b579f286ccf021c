public import Federation
public import Postgres

/// Tasks as people see them.
public struct TaskStore: Sendable {
    private let pool: Pool
    private let settings: ExchangeSettings

    /// The tasks of that database.
    public init(pool: Pool, settings: ExchangeSettings) {
        self.pool = pool
        self.settings = settings
    }

    /// Tasks, newest first, a page at a time. Each filter is an index of its own, so that a page costs the same
    /// whatever the number of tasks that have ended.
    public func page(
        filter: TaskFilter, after cursor: String?, limit: Int
    ) async throws -> (items: [TaskView], next: String?) {
        let after = try Cursor(cursor, keys: 1)?.keys[0] ?? Int64.max
        let labels =
            [
                filter.tag.map(TaskLabel.tag), filter.name.map(TaskLabel.name),
                filter.language.map(TaskLabel.language),
            ]
            .compactMap(\.self)
        var rest = conditions(filter)
        for label in labels.dropFirst() {
            rest += " AND EXISTS (SELECT 1 FROM task_label o WHERE o.label = \(label) AND o.task = t.id)"
        }
        // The index that is walked backwards gives the order, so that a page reads no more rows than it shows. What is
        // live waits, is in the queue or has an attempt: the indexes of the three are walked side by side.
        let found: SQL =
            if let label = labels.first {
                """
                SELECT k.task AS id FROM task_label k JOIN task t ON t.id = k.task
                WHERE k.label = \(label) AND k.task < \(after) AND \(rest) ORDER BY k.task DESC LIMIT \(limit + 1)
                """
            } else if filter.live {
                """
                SELECT DISTINCT o.id FROM (SELECT id FROM task WHERE waits
                    UNION ALL SELECT task FROM ready UNION ALL SELECT task FROM attempt_live) o
                JOIN task t ON t.id = o.id WHERE o.id < \(after) AND \(rest) ORDER BY o.id DESC LIMIT \(limit + 1)
                """
            } else {
                "SELECT t.id FROM task t WHERE t.id < \(after) AND \(rest) ORDER BY t.id DESC LIMIT \(limit + 1)"
            }
        let rows = try await pool.query(
            """
            WITH found AS MATERIALIZED (\(found))
            SELECT t.id AS row, \(TaskView.columns) \(TaskView.source) WHERE t.id IN (SELECT id FROM found)
            ORDER BY t.id DESC
            """)
        let items = try rows.prefix(limit).map { try TaskView(row: $0) }
        let last = try rows.prefix(limit).last?.decode("row", as: Int64.self)
        return (items, rows.count > limit ? last.map { Cursor($0).text } : nil)
    }

    private func conditions(_ filter: TaskFilter) -> SQL {
        var conditions: SQL = "t.known"
        if let campaign = filter.campaign { conditions += " AND t.submission = \(campaign)" }
        if let state = filter.state { conditions += " AND t.state = \(state)" }
        if filter.live { conditions += " AND t.ended_at IS NULL" }
        if let partner = filter.partner { conditions += " AND t.partner = \(partner)" }
        if let kind = filter.kind { conditions += " AND t.kind = \(kind)" }
        if let site = filter.site {
            conditions += """
                 AND EXISTS (SELECT 1 FROM attempt n
                    WHERE n.task = t.id AND n.fence = t.last_fence AND n.site = \(site))
                """
        }
        return conditions
    }

    /// The partner that a task belongs to, or nil when there is no such task.
    public func partner(of task: TaskID) async throws -> PartnerID? {
        let rows = try await pool.query(
            """
            SELECT partner FROM task WHERE submission = \(task.submission) AND index = \(Int32(clamping: task.index))
                AND known
            """)
        return try rows.first?.decode("partner")
    }

    /// One task with everything that is known of it.
    public func detail(_ task: TaskID, now: Instant) async throws -> TaskDetailView? {
        try await pool.transaction(.readOnlySnapshot) { connection in
            let found = try await connection.query(
                """
                SELECT t.id AS row, s.spec, \(TaskView.columns) \(TaskView.source)
                WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index)) AND t.known
                """)
            guard let head = found.first else { return nil }
            let row: Int64 = try head.decode("row")
            let answers = try await connection.pipeline([
                """
                SELECT \(AttemptRecord.columns), coalesce(s.unit, '') AS unit, g.seen, g.mode
                FROM attempt a JOIN task t ON t.id = a.task LEFT JOIN site s ON s.id = a.site
                LEFT JOIN agent g ON g.id = a.agent WHERE a.task = \(row) ORDER BY a.fence
                """,
                """
                SELECT p.submission, p.index FROM dependency d JOIN task p ON p.id = d.parent
                WHERE d.child = \(row) ORDER BY p.id
                """,
                """
                SELECT \(ArtifactView.columns) \(ArtifactView.source) WHERE a.task = \(row) ORDER BY a.id
                """,
                "SELECT fence, at, words FROM task_history WHERE task = \(row) ORDER BY id LIMIT 1000",
            ])
            return TaskDetailView(
                task: try TaskView(row: head), spec: try head.json("spec"),
                attempts: try answers[0].map { try AttemptView(row: $0, settings: settings, now: now) },
                dependsOn: try answers[1].map { try $0.taskID() },
                artifacts: try answers[2].map { try ArtifactView(row: $0) },
                history: try answers[3].map { entry in
                    let fence: Fence? = try entry.decode("fence")
                    return HistoryView(
                        at: try entry.decode("at"), attempt: fence.map { AttemptKey(task: task, fence: $0) },
                        text: try entry.decode("words"))
                })
        }
    }

    /// What placement reads of a task that waits to be placed, and its state.
    public func request(_ task: TaskID) async throws -> (request: PlacementRequest, state: TaskState)? {
        let rows = try await pool.query(
            """
            SELECT t.state, t.not_before, t.bound_to, s.document FROM task t JOIN shape s ON s.id = t.shape
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index)) AND t.known
            """)
        return try rows.first.map { row in
            let request = PlacementRequest(
                shape: try row.json("document"), boundTo: try row.decode("bound_to"),
                notBefore: try row.decode("not_before"))
            return (request, try row.decode("state"))
        }
    }

    /// The metrics of a task's attempts, oldest first.
    public func metrics(_ task: TaskID, limit: Int) async throws -> [JSONValue] {
        let rows = try await pool.query(
            """
            SELECT m.value FROM metric m JOIN task t ON t.id = m.task
            WHERE t.submission = \(task.submission) AND t.index = \(Int32(clamping: task.index))
            ORDER BY m.id LIMIT \(limit)
            """)
        return try rows.map { try $0.json("value") }
    }

    /// Tasks of a campaign that have not ended, in order.
    public func unended(of campaign: CampaignID, limit: Int) async throws -> [TaskID] {
        let rows = try await pool.query(
            """
            SELECT submission, index FROM task WHERE submission = \(campaign)
                AND state IN ('waiting', 'ready', 'running') AND NOT cancel_requested ORDER BY id LIMIT \(limit)
            """)
        return try rows.map { try $0.taskID() }
    }
}

extension TaskView {
    /// The columns that `init(row:)` reads.
    static let columns: SQL = """
        t.submission, t.index, c.name AS campaign_name, t.name, t.kind, t.state, t.partner, t.work_package,
        s.spec -> 'languages' AS languages, t.priority, t.attempts, t.links, a.site, a.state AS attempt_state,
        t.submitted_at, t.ended_at, t.last_failure, t.not_before, a.waiting_reason, t.cancel_requested,
        e.finish -> 'result' AS result, e.finish ->> 'detail' AS detail
        """

    /// The task with its spec, its campaign, its newest attempt, and the attempt that completed it.
    static let source: SQL = """
        FROM task t JOIN task_spec s ON s.task = t.id JOIN campaign c ON c.id = t.submission
        LEFT JOIN LATERAL (SELECT n.site, n.state, n.waiting_reason FROM attempt n
            WHERE n.task = t.id AND n.fence = t.last_fence) a ON true
        LEFT JOIN LATERAL (SELECT n.finish FROM attempt n
            WHERE n.task = t.id AND n.fence = coalesce(t.completed_by, t.last_fence)) e ON true
        """

    init(row: Row) throws {
        let task = try row.taskID()
        self.init(
            id: task, campaign: CampaignID(task.submission.rawValue),
            campaignName: try row.decode("campaign_name"),
            name: try row.decode("name"), kind: try row.decode("kind"), state: try row.decode("state"),
            partner: try row.decode("partner"), priority: Int(try row.decode("priority", as: Int32.self)),
            submittedAt: try row.decode("submitted_at"))
        workPackage = try row.decode("work_package")
        languages = try row.json("languages")
        attempts = Int(try row.decode("attempts", as: Int32.self))
        links = Int(try row.decode("links", as: Int32.self))
        site = try row.decode("site")
        attemptState = try row.decode("attempt_state")
        endedAt = try row.decode("ended_at")
        result = state == .completed ? try row.optionalJSON("result") : nil
        remark = try Self.remark(row, state)
    }

    /// Why the task stands where it stands, where that is not plain.
    private static func remark(_ row: Row, _ state: TaskState) throws -> String? {
        switch state {
        case .failed:
            guard let failure = try row.decode("last_failure", as: FailureClass?.self) else {
                return "failed"
            }
            let detail: String? = try row.decode("detail")
            return "\(failure.rawValue): \(detail.flatMap { $0.isEmpty ? nil : $0 } ?? failure.inWords)"
        case .ready:
            return try row.decode("last_failure", as: FailureClass?.self).map {
                "tried again after \($0.rawValue): \($0.inWords)"
            }
        case .running:
            if try row.decode("cancel_requested", as: Bool.self) { return "its end was asked for" }
            return try row.decode("waiting_reason")
        case .dependencyFailed:
            return "a task it depends on ended badly"
        case .waiting, .completed, .cancelled:
            return nil
        }
    }
}

extension AttemptView {
    init(row: Row, settings: ExchangeSettings, now: Instant) throws {
        let record = try AttemptRecord(row: row)
        self.init(
            key: record.key, state: record.state, site: record.site, agent: record.agent, pack: record.pack,
            partition: record.partition, hold: record.hold, holdSize: record.holdSize,
            charged: record.charged, unit: try row.decode("unit"),
            offeredAt: record.offeredAt)
        job = record.job
        budget = record.budget
        usage = record.usage
        waitingReason = record.waitingReason
        startedAt = record.startedAt
        endedAt = record.endedAt
        settledAt = record.settledAt
        end = record.end
        for index in end?.artifacts.indices ?? 0..<0 { end?.artifacts[index].manifest = Manifest(files: []) }
        guard record.state.isAtSite, try row.decode("mode", as: AgentMode?.self) == .serve,
            let seen = try row.decode("seen", as: Instant?.self),
            now.seconds(since: seen) > settings.silenceSeconds
        else { return }
        unreachableSince = seen
    }
}
