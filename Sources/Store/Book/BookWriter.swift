import Federation
import Postgres

/// Writes back what a rule changed in a slice of the book, and performs the effects that it left: all in the
/// transaction that read the slice. Every changed row must still stand where it stood, or nothing is written.
struct BookWriter {
    /// A statement and what it is about, for the error when its row did not stand where it should.
    private struct Fenced {
        var statement: SQL
        var subject: String
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
        var fenced = agents(book) + tasks(book)
        fenced += try attempts(book)
        fenced += budgets(book)
        let others = journals(book) + suspense(book) + quarantine(book)
        let effects = try EffectWriter(rows: rows, before: before, now: now).statements(for: book)
        let statements = fenced.map(\.statement) + others + effects
        guard !statements.isEmpty else { return }
        let answers = try await connection.pipeline(statements)
        for (index, change) in fenced.enumerated() where answers[index].isEmpty {
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
        book.agents.values.sorted { $0.id < $1.id }.compactMap { agent in
            guard let old = before.book.agents[agent.id], old != agent else { return nil }
            return Fenced(statement: agent.update(from: old), subject: "agent \(agent.id)")
        }
    }

    private func journals(_ book: Book) -> [SQL] {
        book.journals.compactMap { key, journal in
            guard before.book.journals[key] != journal else { return nil }
            return """
                INSERT INTO journal (agent, id, last_event, last_document, last_reply)
                VALUES (\(key.agent), \(key.journal), \(journal.lastEvent), \(journal.lastDocument),
                    \(journal.lastReply))
                ON CONFLICT (agent, id) DO UPDATE SET last_event = excluded.last_event,
                    last_document = excluded.last_document, last_reply = excluded.last_reply
                """
        }
    }

    private func tasks(_ book: Book) -> [Fenced] {
        book.tasks.values.sorted { $0.id < $1.id }.compactMap { task in
            guard let old = before.book.tasks[task.id], old != task, let row = rows[task.id] else {
                return nil
            }
            return Fenced(statement: task.update(from: old, row: row, now: now), subject: "task \(task.id)")
        }
    }

    private func attempts(_ book: Book) throws -> [Fenced] {
        try book.attempts.values.sorted { $0.key < $1.key }.compactMap { attempt in
            let old = before.book.attempts[attempt.key]
            guard old != attempt, let row = rows[attempt.key.task] else { return nil }
            let statement =
                try old.map { try attempt.update(from: $0, row: row) } ?? attempt.insertion(row: row)
            return Fenced(statement: statement, subject: "attempt \(attempt.key)")
        }
    }

    private func budgets(_ book: Book) -> [Fenced] {
        book.budgets.values.sorted { $0.id < $1.id }.compactMap { budget in
            guard let old = before.book.budgets[budget.id], old != budget else { return nil }
            return Fenced(statement: budget.update(from: old), subject: "budget \(budget.id)")
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
