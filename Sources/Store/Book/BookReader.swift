import Federation
import Postgres

/// Reads a slice of the book inside a transaction and locks it.
///
/// The order of locks is the same everywhere, so that no two transactions wait for each other: agents, tasks, attempts
/// (by their tasks' locks), budgets; each in the order of their ids.
struct BookReader {
    let connection: Connection
    let settings: ExchangeSettings

    /// The slice of that scope.
    func read(_ scope: BookScope) async throws -> LoadedBook {
        var book = try await head(scope)
        let rows = try await lockTasks(scope, &book)
        try await readAttempts(scope, rows, &book)
        let sites = try await lockBudgets(scope, rows, &book)
        return LoadedBook(book: book, rows: rows, budgetSites: sites)
    }

    private func head(_ scope: BookScope) async throws -> Book {
        let agents = scope.agents.sorted()
        let journals = scope.journals.sorted { ($0.agent, $0.journal) < ($1.agent, $1.journal) }
        let answers = try await connection.pipeline([
            "SELECT id, generation FROM instance",
            "SELECT \(AgentRecord.columns) FROM agent WHERE id = ANY(\(agents)) ORDER BY id FOR NO KEY UPDATE",
            """
            SELECT j.agent, j.id, j.last_event, j.last_document, j.last_reply FROM journal j
            WHERE (j.agent, j.id) IN (
                SELECT * FROM unnest(\(journals.map(\.agent)), \(journals.map(\.journal))))
            """,
            "SELECT id FROM agent WHERE quarantined",
        ])
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
    private func lockTasks(_ scope: BookScope, _ book: inout Book) async throws -> [TaskID: Int64] {
        let named = Array(scope.tasks.union(scope.attempts.map(\.task))).sorted()
        let agents = scope.agents.sorted()
        let rows = try await connection.query(
            """
            SELECT t.id, t.known, \(TaskRecord.columns) FROM task t
            WHERE t.id = ANY(ARRAY(
                SELECT id FROM task WHERE (submission, index) IN (
                    SELECT * FROM unnest(\(named.map(\.submission)), \(named.map { Int32(clamping: $0.index) })))
                UNION SELECT mate.task FROM task n JOIN attempt_live own ON own.task = n.id
                    JOIN attempt_live mate ON mate.pack = own.pack
                    WHERE own.state IN ('offered', 'accepted') AND (n.submission, n.index) IN (
                        SELECT * FROM unnest(\(named.map(\.submission)), \(named.map { Int32(clamping: $0.index) })))
                UNION SELECT task FROM attempt_live WHERE \(scope.liveOfAgents) AND agent = ANY(\(agents))
                UNION SELECT task FROM attempt_past
                    WHERE agent = ANY(\(agents)) AND next_re_read <= \(scope.reReadsDue ?? .distantPast)))
            ORDER BY t.id FOR NO KEY UPDATE
            """)
        var ids: [TaskID: Int64] = [:]
        for row in rows {
            let task = try row.taskID()
            ids[task] = try row.decode("id")
            if try row.decode("known", as: Bool.self) { book.tasks[task] = try TaskRecord(row: row) }
        }
        return ids
    }

    /// All live attempts of those tasks, and the past ones that were asked for.
    private func readAttempts(
        _ scope: BookScope, _ rows: [TaskID: Int64], _ book: inout Book
    ) async throws {
        guard !rows.isEmpty else { return }
        let tasks = rows.values.sorted()
        let named = scope.attempts.compactMap { key in rows[key.task].map { (row: $0, fence: key.fence) } }
        let answers = try await connection.pipeline([
            """
            SELECT \(AttemptRecord.columns) FROM attempt a JOIN task t ON t.id = a.task
            WHERE NOT a.past AND a.task = ANY(\(tasks))
            """,
            """
            SELECT \(AttemptRecord.columns) FROM attempt a JOIN task t ON t.id = a.task
            WHERE a.past AND a.task = ANY(\(tasks)) AND (
                (a.task, a.fence) IN (SELECT * FROM unnest(\(named.map(\.row)), \(named.map(\.fence))))
                OR \(scope.pastOfTasks) OR (a.agent = ANY(\(scope.agents.sorted()))
                    AND a.next_re_read <= \(scope.reReadsDue ?? .distantPast)))
            """,
        ])
        for row in answers[0] + answers[1] {
            let attempt = try AttemptRecord(row: row)
            book.attempts[attempt.key] = attempt
        }
    }

    /// Reads prices, locks the budgets, and sees that all of a pack is here where one member decides about the others. A claim that was
    /// under way while its tasks' locks were waited for made packs that the list of tasks to lock could not know yet: then
    /// everything is read again. A pack that has been made never grows.
    private func lockBudgets(
        _ scope: BookScope, _ rows: [TaskID: Int64], _ book: inout Book
    ) async throws -> [BudgetID: SiteID] {
        let budgets = scope.budgets.union(book.attempts.values.compactMap(\.budget)).sorted()
        let named = scope.tasks.union(scope.attempts.map(\.task))
        let open = book.attempts.values.filter {
            ($0.state == .offered || $0.state == .accepted) && named.contains($0.key.task)
        }
        let packs = Set(open.map(\.pack)).sorted()
        let priced = Set(book.agents.values.map(\.site)).union(book.attempts.values.map(\.site)).sorted()
        guard !budgets.isEmpty || !priced.isEmpty else { return [:] }
        // The budgets last: everybody wants them, so their locks are held for as little as can be.
        let answers = try await connection.pipeline([
            "SELECT id, unit, suspense FROM site WHERE id = ANY(\(priced))",
            "SELECT site, document FROM tariff WHERE site = ANY(\(priced)) ORDER BY site, place",
            """
            SELECT pack FROM attempt_live
            WHERE pack = ANY(\(packs)) AND NOT task = ANY(\(rows.values.sorted())) LIMIT 1
            """,
            """
            SELECT \(BudgetAccount.columns), l.site FROM budget b JOIN allocation l ON l.id = b.allocation
            WHERE b.id = ANY(\(budgets)) ORDER BY b.id FOR NO KEY UPDATE OF b
            """,
        ])
        if let stranger = answers[2].first {
            throw StoreFault.fenced("pack \(try stranger.decode("pack", as: String.self))")
        }
        try takePrices(answers[0], answers[1], &book)
        var sites: [BudgetID: SiteID] = [:]
        for row in answers[3] {
            let budget = try BudgetAccount(row: row)
            book.budgets[budget.id] = budget
            sites[budget.id] = try row.decode("site")
        }
        return sites
    }

    private func takePrices(_ sites: [Row], _ tariffs: [Row], _ book: inout Book) throws {
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
