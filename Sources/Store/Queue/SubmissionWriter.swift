import Federation
import Postgres

/// Writes one submission, inside its transaction.
struct SubmissionWriter {
    /// How many tasks one statement enters.
    private static let batch = 1000

    let connection: Connection
    let submission: Submission
    let settings: ExchangeSettings
    let now: Instant

    func write() async throws -> Entered {
        let id = try await campaignID()
        // Waits for a twin that is being entered right now, and then sees it.
        let rows = try await connection.query(
            """
            INSERT INTO submission (partner, key, campaign, body_sha256, tasks, made_at)
            VALUES (\(submission.partner), \(submission.key), \(id), sha256(convert_to(\(submission.body), 'UTF8')),
                \(Int32(submission.specs.count)), \(now))
            ON CONFLICT DO NOTHING RETURNING campaign
            """)
        guard !rows.isEmpty else {
            let first = try await Self.first(
                connection, partner: submission.partner, key: submission.key, body: submission.body)
            guard let first else { throw StoreFault.notFound("submission \(submission.key)") }
            return first
        }
        try await connection.execute(
            """
            INSERT INTO campaign (id, name, partner, member, work_package, submitted_at, document)
            VALUES (\(id), \(submission.name), \(submission.partner), \(submission.member),
                \(submission.workPackage), \(now), \(json: submission.body))
            """)
        let shapes = try await internShapes()
        let ids = try await enterTasks(CampaignID(id), shapes)
        try await enterDependencies(ids)
        try await meetParked(CampaignID(id))
        try await connection.execute(
            """
            INSERT INTO ready (shape, rank, task, attempts, not_before, bound_to)
            SELECT t.shape, \(QueueStatements.rank), t.id, t.attempts, t.not_before, t.bound_to FROM task t
            WHERE t.submission = \(id) AND t.state = 'ready' ON CONFLICT (shape, rank) DO NOTHING
            """)
        return Entered(campaign: CampaignID(id), tasks: submission.specs.count, isRepeat: false)
    }

    static func first(
        _ connection: Connection, partner: PartnerID, key: String, body: String
    ) async throws -> Entered? {
        let rows = try await connection.query(
            """
            SELECT campaign, tasks, body_sha256 = sha256(convert_to(\(body), 'UTF8')) AS same FROM submission
            WHERE partner = \(partner) AND key = \(key)
            """)
        guard let row = rows.first else { return nil }
        guard try row.decode("same", as: Bool.self) else { throw StoreFault.otherBody(key: key) }
        return Entered(
            campaign: try row.decode("campaign"), tasks: Int(try row.decode("tasks", as: Int32.self)),
            isRepeat: true)
    }

    /// Sixteen characters of base 32 (80 bits) of the SHA-256 of partner and key, a line each: the same submission
    /// has the same name for ever, and no sequence leaves the database.
    private func campaignID() async throws -> String {
        let rows = try await connection.query(
            "SELECT sha256(convert_to(\("\(submission.partner)\n\(submission.key)"), 'UTF8')) AS hash")
        let hash = try rows.first?.decode("hash", as: [UInt8].self) ?? []
        return Base32.text(hash.prefix(10))
    }

    /// The shapes' rows, made where they are new; in one order, so that two submissions never wait for each other.
    private func internShapes() async throws -> [Shape: Int32] {
        let texts = try Set(submission.shapes).map { (shape: $0, text: try StoredJSON.text($0)) }.sorted {
            $0.text < $1.text
        }
        var shapes: [Shape: Int32] = [:]
        for start in stride(from: 0, to: texts.count, by: Self.batch) {
            let part = texts[start..<min(start + Self.batch, texts.count)]
            let documents = part.map { JSONText($0.text) }
            let rows = try await connection.pipeline([
                """
                INSERT INTO shape (digest, partner, document)
                SELECT sha256(convert_to(w.document::text, 'UTF8')), w.document ->> 'partner', w.document
                FROM unnest(\(documents)) AS w(document) ORDER BY 1 ON CONFLICT (digest) DO NOTHING
                """,
                """
                SELECT s.id FROM unnest(\(documents)) WITH ORDINALITY AS w(document, ord)
                JOIN shape s ON s.digest = sha256(convert_to(w.document::text, 'UTF8')) ORDER BY w.ord
                """,
            ])[1]
            for (row, entry) in zip(rows, part) { shapes[entry.shape] = try row.decode("id") }
        }
        return shapes
    }

    /// Enters the tasks with specs and labels; answers their rows by index.
    private func enterTasks(_ campaign: CampaignID, _ shapes: [Shape: Int32]) async throws -> [Int64] {
        var ids = [Int64](repeating: 0, count: submission.specs.count)
        for start in stride(from: 0, to: submission.specs.count, by: Self.batch) {
            let range = start..<min(start + Self.batch, submission.specs.count)
            let specs = Array(submission.specs[range])
            let shapeIDs = try submission.shapes[range].map { shape in
                guard let id = shapes[shape] else { throw StoreFault.notFound("shape") }
                return id
            }
            let rows = try await connection.query(insertion(campaign, specs, shapeIDs, range))
            for row in rows { ids[Int(try row.decode("index", as: Int32.self))] = try row.decode("id") }
            try await enterSpecs(specs, Array(ids[range]))
        }
        return ids
    }

    private func insertion(
        _ campaign: CampaignID, _ specs: [TaskSpec], _ shapes: [Int32], _ range: Range<Int>
    ) -> SQL {
        let states = range.map { index in
            submission.parents[index].isEmpty && submission.earlier[index].isEmpty
                ? TaskState.ready : .waiting
        }
        return """
            INSERT INTO task AS t (submission, index, known, name, kind, partner, work_package, shape, priority,
                submitted_at, state, retries_allowed, links_allowed, on_silence)
            SELECT \(campaign), w.index, true, w.name, w.kind, \(submission.partner), w.work_package, w.shape,
                w.priority, \(now), w.state, w.retries, w.links, w.on_silence
            FROM unnest(\(range.map { Int32($0) }), \(specs.map(\.name)), \(specs.map(\.kind)),
                \(specs.map(\.workPackage)), \(shapes), \(specs.map { Int32(clamping: $0.priority) }), \(states),
                \(specs.map { Int32(clamping: $0.retries) }), \(specs.map { Int32(clamping: $0.maximumLinks) }),
                \(specs.map(\.onSilence)))
                AS w(index, name, kind, work_package, shape, priority, state, retries, links, on_silence)
            ORDER BY w.index
            ON CONFLICT (submission, index) DO UPDATE SET known = true, name = excluded.name, kind = excluded.kind,
                partner = excluded.partner, work_package = excluded.work_package, shape = excluded.shape,
                priority = excluded.priority, submitted_at = excluded.submitted_at, state = excluded.state,
                retries_allowed = excluded.retries_allowed, links_allowed = excluded.links_allowed,
                on_silence = excluded.on_silence
                WHERE NOT t.known
            RETURNING t.id, t.index
            """
    }

    private func enterSpecs(_ specs: [TaskSpec], _ ids: [Int64]) async throws {
        let documents = try specs.map { JSONText(try StoredJSON.text($0)) }
        var labels: [String] = []
        var labelled: [Int64] = []
        for (spec, id) in zip(specs, ids) {
            for label in TaskLabel.all(of: spec) {
                labels.append(label)
                labelled.append(id)
            }
        }
        _ = try await connection.pipeline([
            "INSERT INTO task_spec (task, spec) SELECT * FROM unnest(\(ids), \(documents))",
            """
            INSERT INTO task_label (label, task) SELECT * FROM unnest(\(labels), \(labelled))
            ON CONFLICT (label, task) DO NOTHING
            """,
        ])
    }

    private func enterDependencies(_ ids: [Int64]) async throws {
        var from: [Int64] = []
        var to: [Int64] = []
        let earlier = try await earlierRows()
        for child in ids.indices {
            for parent in submission.parents[child] {
                from.append(ids[parent])
                to.append(ids[child])
            }
            for parent in submission.earlier[child] {
                guard let row = earlier[parent] else {
                    throw StoreFault.unresolved("there is no task \(parent) to wait for")
                }
                from.append(row)
                to.append(ids[child])
            }
        }
        for start in stride(from: 0, to: from.count, by: Self.batch * 10) {
            let range = start..<min(start + Self.batch * 10, from.count)
            try await connection.execute(
                """
                INSERT INTO dependency (parent, child) SELECT * FROM unnest(\(Array(from[range])), \(Array(to[range])))
                ON CONFLICT (parent, child) DO NOTHING
                """)
        }
    }

    private func earlierRows() async throws -> [TaskID: Int64] {
        let named = Set(submission.earlier.joined()).sorted()
        guard !named.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            SELECT id, submission, index FROM task WHERE known AND (submission, index) IN (
                SELECT * FROM unnest(\(named.map(\.submission)), \(named.map { Int32(clamping: $0.index) })))
            """)
        var ids: [TaskID: Int64] = [:]
        for row in rows { ids[try row.taskID()] = try row.decode("id") }
        return ids
    }

    /// Tasks that a restore had made unknown, and of which attempts came up meanwhile, meet them (§4.10).
    private func meetParked(_ campaign: CampaignID) async throws {
        let rows = try await connection.query(
            """
            SELECT DISTINCT t.submission, t.index FROM task t JOIN attempt a ON a.task = t.id
            WHERE t.submission = \(campaign) ORDER BY t.index
            """)
        let met = try rows.map { try $0.taskID() }
        guard !met.isEmpty else { return }
        var scope = BookScope()
        scope.tasks = Set(met)
        scope.pastOfTasks = true
        _ = try await BookStore.change(connection, scope, settings, now: now) { book in
            for task in met {
                guard let record = book.tasks[task] else { continue }
                book.tasks[task] = nil
                book.enter(record, now: now)
            }
        }
    }
}
