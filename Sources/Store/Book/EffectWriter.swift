import Federation
import Postgres

/// Turns the effects that a rule left into statements.
struct EffectWriter {
    let rows: [TaskID: Int64]
    let before: LoadedBook
    let now: Instant

    /// The statements in the order of the effects, but for lines that are only ever added: those of the ledger and of
    /// the tasks' histories come behind, in one statement each. What came back to a budget after its period's end gets
    /// its entry.
    func statements(for book: Book) throws -> [SQL] {
        var statements: [SQL] = []
        var entries: [LedgerEntry] = []
        var history: [(row: Int64, fence: Fence, words: String)] = []
        for effect in book.effects {
            switch effect {
            case .entry(let entry): entries.append(entry)
            case .history(let key, let words):
                history.append((try row(key.task), key.fence, words.replacing("\0", with: "\u{FFFD}")))
            default: statements += try self.statements(for: effect, in: book)
            }
        }
        for (id, budget) in book.budgets.sorted(by: { $0.key < $1.key }) {
            guard let old = before.book.budgets[id], budget.expired > old.expired,
                let site = before.budgetSites[id]
            else { continue }
            entries.append(
                LedgerEntry(
                    kind: .expire, budget: id, site: site, amount: budget.expired - old.expired,
                    effective: now, reason: "the allocation's period is over"))
        }
        if !entries.isEmpty { statements.append(try LedgerEntry.insertion(of: entries, now: now)) }
        if !history.isEmpty {
            statements.append(
                """
                INSERT INTO task_history (task, fence, at, words)
                SELECT h.task, h.fence, \(now), h.words
                FROM unnest(\(history.map(\.row)), \(history.map(\.fence)), \(history.map(\.words)))
                WITH ORDINALITY AS h(task, fence, words, ord) ORDER BY h.ord
                """)
        }
        return statements
    }

    private func statements(for effect: Effect, in book: Book) throws -> [SQL] {
        switch effect {
        case .taskEnded:
            return []  // the task's own row says so; dependents are looked at after the commit
        case .entry, .history:
            return []  // written together
        case .taskReady(let task, _):
            return try ready(task)
        case .taskUnready(let task):
            return [QueueStatements.remove(task: try row(task))]
        case .published(let key, let artifacts):
            return try published(key, artifacts, in: book)
        case .resulted(let key, let end):
            return try end.artifacts.flatMap { try manifest($0, of: key, in: book) }
        case .metrics(let key, let value):
            return [
                """
                INSERT INTO metric (task, fence, at, value)
                VALUES (\(try row(key.task)), \(key.fence), \(now), \(try StoredJSON.parameter(value)))
                """
            ]
        case .log(let key, let offset, let bytes, let text):
            return try log(key, offset, bytes, text)
        case .alarm(let name, let text):
            return [AlarmStore.statement(name: name, words: text, now: now)]
        case .keptEvent(let journal, let numbered, let reason):
            return [
                """
                INSERT INTO kept_event (agent, journal, number, event, reason, kept_at)
                VALUES (\(journal.agent), \(journal.journal), \(numbered.number),
                    \(try StoredJSON.text(numbered.event)), \(reason), \(now))
                """
            ]
        case .backOff(let key, let agent, let until):
            return [
                """
                INSERT INTO back_off (shape, agent, until)
                SELECT shape, \(agent), \(until) FROM task WHERE id = \(try row(key.task)) AND shape IS NOT NULL
                ON CONFLICT (shape, agent) DO UPDATE SET until = greatest(back_off.until, excluded.until)
                """
            ]
        }
    }

    private func row(_ task: TaskID) throws -> Int64 {
        guard let row = rows[task] else { throw StoreFault.notFound("task \(task)") }
        return row
    }

    private func ready(_ task: TaskID) throws -> [SQL] {
        [QueueStatements.add(tasks: [try row(task)])]
    }

    private func log(_ key: AttemptKey, _ offset: Int64, _ bytes: Int64, _ text: String) throws -> [SQL] {
        let task = try row(key.task)
        return [
            """
            INSERT INTO log_piece (task, fence, start, bytes, text)
            VALUES (\(task), \(key.fence), \(offset), \(bytes), \(text.replacing("\0", with: "\u{FFFD}")))
            ON CONFLICT (task, fence, start) DO UPDATE SET bytes = excluded.bytes, text = excluded.text
            WHERE excluded.bytes > log_piece.bytes
            """,
            "DELETE FROM log_request WHERE task = \(task) AND fence = \(key.fence)",
        ]
    }

    private func manifest(_ artifact: ProducedArtifact, of key: AttemptKey, in book: Book) throws -> [SQL] {
        let site = book.attempts[key]?.site
        return [
            """
            INSERT INTO manifest (sha256, bytes, files, document, seen_at)
            VALUES (\(artifact.sha256), \(artifact.manifest.bytes), \(Int32(clamping: artifact.manifest.files.count)),
                \(try StoredJSON.parameter(artifact.manifest)), \(now))
            ON CONFLICT (sha256) DO NOTHING
            """,
            """
            INSERT INTO artifact_place (sha256, place, since) SELECT \(artifact.sha256), \(site), \(now)
            WHERE \(site) IS NOT NULL ON CONFLICT (sha256, place) DO NOTHING
            """,
            // Outputs are sent before the end is told, so whoever waited for the end can fetch them at once.
            ArtifactStore.noteDepot(among: "m.bytes > 0 AND m.sha256 = \(artifact.sha256)", now: now),
        ]
    }

    /// Licence and residency are what the spec declared; an artifact whose bytes stay never leaves its site.
    private func published(
        _ key: AttemptKey, _ artifacts: [ProducedArtifact], in book: Book
    ) throws -> [SQL] {
        let task = try row(key.task)
        let site = book.attempts[key]?.site
        return try artifacts.flatMap { artifact in
            try manifest(artifact, of: key, in: book) + [
                """
                INSERT INTO artifact (campaign, name, task, fence, sha256, licence, residency, published_at)
                SELECT t.submission, \(artifact.name), t.id, \(key.fence), \(artifact.sha256), o.item ->> 'licence',
                    CASE WHEN \(artifact.staysAtSite) THEN \(site) ELSE o.item ->> 'residency' END, \(now)
                FROM task t LEFT JOIN task_spec s ON s.task = t.id
                LEFT JOIN LATERAL (SELECT item FROM jsonb_array_elements(s.spec -> 'outputs') item
                    WHERE item ->> 'name' = \(artifact.name) LIMIT 1) o ON true
                WHERE t.id = \(task)
                ON CONFLICT (task, fence, name) DO NOTHING
                """
            ]
        }
    }
}

extension Effect {
    /// The task that the effect needs a row of, if any.
    var task: TaskID? {
        switch self {
        case .taskEnded(let task, _), .taskReady(let task, _), .taskUnready(let task): task
        case .published(let key, _), .resulted(let key, _), .metrics(let key, _), .log(let key, _, _, _),
            .backOff(let key, _, _), .history(let key, _):
            key.task
        case .entry, .alarm, .keptEvent: nil
        }
    }
}
