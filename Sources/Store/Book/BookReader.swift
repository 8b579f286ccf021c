import Federation
import Postgres

/// Reads a slice of the book inside a transaction and locks it.
///
/// The order of locks is the same everywhere, so that no two transactions wait for each other: agents, tasks, attempts
/// (by their tasks' locks), budgets; each in the order of their ids.
struct BookReader {
    let connection: Connection
    let settings: ExchangeSettings
    /// The moment of the decision.
    let now: Instant
    /// Everybody wants the budgets, so whoever only books amounts reads them without a lock and writes differences. Those
    /// that are overspent or over are locked all the same: there the same amount does not always do the same.
    var locksBudgets = true

    /// The slice of that scope.
    func read(_ scope: BookScope) async throws -> LoadedBook {
        let answers = try await connection.pipeline(
            [PlanSettings.byKey, PlanSettings.joins(.byIndex)] + head(scope) + [tasks(scope)])
        var book = try self.book(answers[2...5])
        let rows = try take(tasks: answers[6], &book)
        var loaded = LoadedBook(book: book, rows: rows, budgetSites: [:], budgetsAreLocked: locksBudgets)
        try await readAttempts(scope, &loaded)
        try await readMoney(scope, &loaded)
        return loaded
    }

    private func head(_ scope: BookScope) -> [SQL] {
        let agents = scope.agents.sorted()
        let journals = scope.journals.sorted { ($0.agent, $0.journal) < ($1.agent, $1.journal) }
        return [
            "SELECT id, generation FROM instance",
            "SELECT \(AgentRecord.columns) FROM agent WHERE id = ANY(\(agents)) ORDER BY id FOR NO KEY UPDATE",
            """
            SELECT j.agent, j.id, j.last_event, j.last_document, j.last_reply FROM journal j
            WHERE (j.agent, j.id) IN (
                SELECT * FROM unnest(\(journals.map(\.agent)), \(journals.map(\.journal))))
            """,
            "SELECT id FROM agent WHERE quarantined",
        ]
    }

    private func book(_ answers: ArraySlice<[Row]>) throws -> Book {
        let answers = Array(answers)
        guard let instance = answers[0].first else { throw StoreFault.noBook }
        var book = Book(
            instance: try instance.decode("id"), generation: try instance.decode("generation"),
            settings: settings)
        for row in answers[1] {
            let agent = try AgentRecord(row: row)
            book.agents[agent.id] = agent
        }
        for row in answers[2] {
            var journal = JournalRecord()
            journal.lastEvent = try row.decode("last_event")
            journal.lastDocument = try row.decode("last_document")
            journal.lastReply = try row.decode("last_reply")
            book.journals[JournalKey(agent: try row.decode("agent"), journal: try row.decode("id"))] = journal
        }
        for row in answers[3] { book.quarantine.insert(try row.decode("id")) }
        return book
    }

    /// Locks the tasks named by the scope and those of its attempts, with those that share an unconfirmed pack with a
    /// named one: taking one member back is decided by what the others do.
    private func tasks(_ scope: BookScope) -> SQL {
        let named = Array(scope.tasks.union(scope.attempts.map(\.task))).sorted()
        let agents = scope.agents.sorted()
        return """
            WITH named AS MATERIALIZED (
                SELECT t.id FROM unnest(\(named.map(\.submission)), \(named.map { Int32(clamping: $0.index) }))
                    AS n(submission, index) JOIN task t ON t.submission = n.submission AND t.index = n.index)
            SELECT t.id, t.known, \(TaskRecord.columns) FROM task t
            WHERE t.id = ANY(ARRAY(
                SELECT id FROM named
                UNION SELECT task FROM attempt_live WHERE pack = ANY(ARRAY(
                    SELECT pack FROM attempt_live
                    WHERE task = ANY(ARRAY(SELECT id FROM named)) AND state IN ('offered', 'accepted')))
                UNION SELECT task FROM attempt_live WHERE \(scope.liveOfAgents) AND agent = ANY(\(agents))
                UNION SELECT task FROM attempt_past
                    WHERE agent = ANY(\(agents)) AND next_re_read <= \(scope.reReadsDue ?? .distantPast)))
            ORDER BY t.id FOR NO KEY UPDATE OF t
            """
    }

    private func take(tasks answer: [Row], _ book: inout Book) throws -> [TaskID: Int64] {
        var ids: [TaskID: Int64] = [:]
        for row in answer {
            let task = try row.taskID()
            ids[task] = try row.decode("id")
            if try row.decode("known", as: Bool.self) { book.tasks[task] = try TaskRecord(row: row) }
        }
        return ids
    }

    /// All live attempts of those tasks, and the past ones that were asked for. Where budgets are not locked, they and the
    /// prices are known well enough to be read with them.
    private func readAttempts(_ scope: BookScope, _ loaded: inout LoadedBook) async throws {
        let rows = loaded.rows
        let tasks = rows.values.sorted()
        let named = scope.attempts.compactMap { key in rows[key.task].map { (row: $0, fence: key.fence) } }
        var statements: [SQL] = []
        if !tasks.isEmpty {
            statements = [
                "SELECT \(AttemptRecord.own) FROM attempt a WHERE NOT a.past AND a.task = ANY(\(tasks))",
                """
                SELECT \(AttemptRecord.own) FROM attempt a WHERE a.past AND a.task = ANY(\(tasks)) AND (
                    (a.task, a.fence) IN (SELECT * FROM unnest(\(named.map(\.row)), \(named.map(\.fence))))
                    OR \(scope.pastOfTasks) OR (a.agent = ANY(\(scope.agents.sorted()))
                        AND a.next_re_read <= \(scope.reReadsDue ?? .distantPast)))
                """,
                strangers(scope, rows),
            ]
        }
        let priced = Set(loaded.book.agents.values.map(\.site)).sorted()
        if !locksBudgets {
            statements += prices(priced)
            statements.append(
                budgets(
                    """
                    ARRAY(SELECT unnest(\(scope.budgets.sorted()))
                        UNION SELECT budget FROM attempt_live WHERE task = ANY(\(tasks)))
                    """))
        }
        guard !statements.isEmpty else { return }
        let answers = try await connection.pipeline(statements)
        if !tasks.isEmpty {
            let names = Dictionary(rows.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            for row in answers[0] + answers[1] {
                guard let task = names[try row.decode("task")] else { continue }
                let attempt = try AttemptRecord(row: row, task: task)
                loaded.book.attempts[attempt.key] = attempt
            }
            // A claim that was under way while its tasks' locks were waited for made packs that the list of tasks to
            // lock could not know yet: then everything is read again. A pack that has been made never grows.
            if let stranger = answers[2].first {
                throw StoreFault.fenced("pack \(try stranger.decode("pack", as: String.self))")
            }
        }
        guard !locksBudgets else { return }
        try take(prices: answers.suffix(3).dropLast(), &loaded.book)
        try take(budgets: answers[answers.count - 1], &loaded)
    }

    /// A member of an unconfirmed pack of a named task that is not locked.
    private func strangers(_ scope: BookScope, _ rows: [TaskID: Int64]) -> SQL {
        let named = scope.tasks.union(scope.attempts.map(\.task)).compactMap { rows[$0] }.sorted()
        return """
            SELECT pack FROM attempt_live
            WHERE pack = ANY(ARRAY(SELECT pack FROM attempt_live
                    WHERE task = ANY(\(named)) AND state IN ('offered', 'accepted')))
                AND NOT task = ANY(\(rows.values.sorted())) LIMIT 1
            """
    }

    /// Prices and budgets that are not here yet; all budgets, locked, where that is wanted or needed.
    private func readMoney(_ scope: BookScope, _ loaded: inout LoadedBook) async throws {
        let book = loaded.book
        let budgets = scope.budgets.union(book.attempts.values.compactMap(\.budget))
        let sites = Set(book.agents.values.map(\.site)).union(book.attempts.values.map(\.site))
        let unpriced = sites.filter { book.prices[$0] == nil }.sorted()
        if !loaded.budgetsAreLocked {
            loaded.budgetsAreLocked =
                book.budgets.values.contains { $0.overrun > .zero || now >= $0.periodEnd }
                || budgets.contains { book.budgets[$0] == nil }
        }
        let locked = loaded.budgetsAreLocked ? budgets.sorted() : []
        guard !unpriced.isEmpty || !locked.isEmpty else { return }
        // The budgets last: everybody wants them, so their locks are held for as little as can be.
        let lock = self.budgets("\(locked)") + " ORDER BY b.id FOR NO KEY UPDATE OF b"
        let answers = try await connection.pipeline(prices(unpriced) + [lock])
        try take(prices: answers.dropLast(), &loaded.book)
        try take(budgets: answers[2], &loaded)
    }

    private func prices(_ sites: [SiteID]) -> [SQL] {
        [
            "SELECT id, unit, suspense FROM site WHERE id = ANY(\(sites))",
            "SELECT site, document FROM tariff WHERE site = ANY(\(sites)) ORDER BY site, place",
        ]
    }

    private func budgets(_ ids: SQL) -> SQL {
        """
        SELECT \(BudgetAccount.columns), l.site FROM budget b JOIN allocation l ON l.id = b.allocation
        WHERE b.id = ANY(\(ids))
        """
    }

    private func take(budgets rows: [Row], _ loaded: inout LoadedBook) throws {
        for row in rows {
            let budget = try BudgetAccount(row: row)
            loaded.book.budgets[budget.id] = budget
            loaded.budgetSites[budget.id] = try row.decode("site")
        }
    }

    private func take(prices answers: ArraySlice<[Row]>, _ book: inout Book) throws {
        guard let sites = answers.first, let tariffs = answers.last else { return }
        for row in sites {
            let site: SiteID = try row.decode("id")
            book.suspense[site] = try row.decode("suspense")
            book.prices[site] = PriceList(site: site, unit: try row.decode("unit"), tariffs: [])
        }
        for row in tariffs {
            book.prices[try row.decode("site")]?.tariffs.append(try row.json("document"))
        }
    }
}
