import Federation
import Postgres

/// Writes back what a rule changed in a slice of the book, and performs the effects that it left: all in the
/// transaction that read the slice. Every changed row must still stand where it stood, or nothing is written.
struct BookWriter {
    /// A statement, how many rows it must find, and what it is about, for the error when one did not stand where it should.
    private struct Fenced {
        var statement: SQL
        var count = 1
        var subject: String

        /// The statement that ends the transaction itself where a row is missing.
        var checked: SQL {
            "WITH done AS (\(statement)) SELECT expect_rows((SELECT count(*) FROM done), \(Int64(count)))"
        }
    }

    let connection: Connection
    let now: Instant
    private let before: LoadedBook
    private var rows: [TaskID: Int64]

    init(connection: Connection, before: LoadedBook, now: Instant) {
        self.connection = connection
        self.before = before
        self.now = now
        rows = before.rows
    }

    /// Writes the differences to `book` and its effects.
    mutating func write(_ book: Book) async throws {
        try await nameUnknownTasks(of: book)
        let rows = agents(book) + tasks(book) + (try attempts(book))
        let others = journals(book) + suspense(book) + quarantine(book)
        let effects = try EffectWriter(rows: self.rows, before: before, now: now).statements(for: book)
        let behind = [PlanSettings.joins(.byIndex)] + others + effects
        // Others wait for the budgets: they come last. Where they are not locked, everything goes with the commit.
        guard before.budgetsAreLocked else {
            let differences = try differences(book)
            let writes = rows.isEmpty ? [] : [PlanSettings.joins(.byHash)] + rows.map(\.checked)
            let others = others.isEmpty && effects.isEmpty ? [] : behind
            return connection.atCommit(writes + others + differences)
        }
        let budgets = self.budgets(book)
        let fenced = rows + budgets
        guard !fenced.isEmpty || !others.isEmpty || !effects.isEmpty else { return }
        let statements = [PlanSettings.joins(.byHash)] + rows.map(\.statement)
        let answers = try await connection.pipeline(statements + behind + budgets.map(\.statement))
        let found = answers.dropFirst().prefix(rows.count) + answers.suffix(budgets.count)
        for (change, answer) in zip(fenced, found) where answer.count != change.count {
            throw StoreFault.fenced(change.subject)
        }
    }

    /// Attempts of tasks that the database has never heard of need a row to refer to.
    private mutating func nameUnknownTasks(of book: Book) async throws {
        let named = book.attempts.keys.map(\.task) + book.effects.compactMap(\.task)
        let unknown = Set(named).filter { rows[$0] == nil }.sorted()
        guard !unknown.isEmpty else { return }
        let answer = try await connection.query(
            """
            WITH named AS (SELECT * FROM unnest(\(unknown.map(\.submission)),
                    \(unknown.map { Int32(clamping: $0.index) })) AS n(submission, index)),
                made AS (INSERT INTO task (submission, index, known, state)
                    SELECT submission, index, false, 'waiting' FROM named
                    ON CONFLICT (submission, index) DO NOTHING RETURNING id, submission, index)
            SELECT id, submission, index FROM made
            UNION ALL SELECT t.id, t.submission, t.index FROM task t JOIN named USING (submission, index)
            """)
        for row in answer { rows[try row.taskID()] = try row.decode("id") }
    }

    private func agents(_ book: Book) -> [Fenced] {
        let changes = book.agents.values.sorted { $0.id < $1.id }.compactMap { agent in
            before.book.agents[agent.id].flatMap { $0 == agent ? nil : (old: $0, new: agent) }
        }
        guard let first = changes.first else { return [] }
        let subject = changes.count == 1 ? "agent \(first.new.id)" : "one of \(changes.count) agents"
        return [Fenced(statement: AgentRecord.update(changes), count: changes.count, subject: subject)]
    }

    private func journals(_ book: Book) -> [SQL] {
        let changed = book.journals.filter { before.book.journals[$0.key] != $0.value }
            .sorted { ($0.key.agent, $0.key.journal) < ($1.key.agent, $1.key.journal) }
        guard !changed.isEmpty else { return [] }
        return [
            """
            INSERT INTO journal (agent, id, last_event, last_document, last_reply)
            SELECT * FROM unnest(\(changed.map(\.key.agent)), \(changed.map(\.key.journal)),
                \(changed.map(\.value.lastEvent)), \(changed.map(\.value.lastDocument)),
                \(changed.map(\.value.lastReply)))
            ON CONFLICT (agent, id) DO UPDATE SET last_event = excluded.last_event,
                last_document = excluded.last_document, last_reply = excluded.last_reply
            """
        ]
    }

    private func tasks(_ book: Book) -> [Fenced] {
        let changes = book.tasks.values.compactMap { task in
            guard let old = before.book.tasks[task.id], old != task, let row = rows[task.id] else {
                return nil as (old: TaskRecord, new: TaskRecord, row: Int64)?
            }
            return (old, task, row)
        }
        .sorted { $0.row < $1.row }
        guard let first = changes.first else { return [] }
        let subject = changes.count == 1 ? "task \(first.new.id)" : "one of \(changes.count) tasks"
        return [
            Fenced(statement: TaskRecord.update(changes, now: now), count: changes.count, subject: subject)
        ]
    }

    private func attempts(_ book: Book) throws -> [Fenced] {
        var changes: [Bool: [(old: AttemptRecord, new: AttemptRecord, row: Int64)]] = [:]
        var fenced: [Fenced] = []
        for attempt in book.attempts.values.sorted(by: { $0.key < $1.key }) {
            let old = before.book.attempts[attempt.key]
            guard old != attempt, let row = rows[attempt.key.task] else { continue }
            if let old {
                changes[old.isPast, default: []].append((old, attempt, row))
            } else {
                fenced.append(
                    Fenced(statement: try attempt.insertion(row: row), subject: "attempt \(attempt.key)"))
            }
        }
        for past in [false, true] {
            guard let changes = changes[past], let first = changes.first else { continue }
            let subject =
                changes.count == 1 ? "attempt \(first.new.key)" : "one of \(changes.count) attempts"
            fenced.append(
                Fenced(
                    statement: try AttemptRecord.update(changes, past: past), count: changes.count,
                    subject: subject))
        }
        return fenced
    }

    private func budgets(_ book: Book) -> [Fenced] {
        book.budgets.values.sorted { $0.id < $1.id }.compactMap { budget in
            guard let old = before.book.budgets[budget.id], old != budget else { return nil }
            return Fenced(statement: budget.update(from: old), subject: "budget \(budget.id)")
        }
    }

    /// Throws `fenced` where a budget has to be locked before anything is decided about it.
    private func differences(_ book: Book) throws -> [SQL] {
        try book.budgets.values.sorted { $0.id < $1.id }.compactMap { budget in
            guard let old = before.book.budgets[budget.id], old != budget else { return nil }
            guard let difference = budget.difference(from: old) else {
                throw StoreFault.fenced("budget \(budget.id)")
            }
            return difference
        }
    }

    /// As a difference: the site's row is not locked while the slice is read.
    private func suspense(_ book: Book) -> [SQL] {
        book.suspense.compactMap { site, amount in
            let change = amount - before.book.suspense[site, default: .zero]
            guard change != .zero else { return nil }
            return "UPDATE site SET suspense = suspense + \(change) WHERE id = \(site)"
        }
    }

    private func quarantine(_ book: Book) -> [SQL] {
        let ended = before.book.quarantine.subtracting(book.quarantine).sorted()
        guard !ended.isEmpty else { return [] }
        return ["UPDATE agent SET quarantined = false WHERE id = ANY(\(ended))"]
    }
}
