import Federation
import Postgres

/// Builds the offers of packs: specs, inputs resolved to one version each, budgets and holds.
struct OfferReader {
    let pool: Pool

    /// The offers of those packs. One whose inputs are not there is left out and alarmed: it expires, and its tasks
    /// are placed again later.
    func offers(_ packs: [PackID]) async throws -> [Offer] {
        guard !packs.isEmpty else { return [] }
        return try await pool.withConnection { connection in
            let answers = try await connection.pipeline([
                """
                SELECT id, partition, account, resources, grace_seconds, must_start_by, open_seconds FROM pack
                WHERE id = ANY(\(packs)) ORDER BY id
                """,
                """
                SELECT a.pack, t.submission, t.index, a.fence, a.budget, a.hold_size, a.task, s.spec
                FROM attempt a JOIN task t ON t.id = a.task JOIN task_spec s ON s.task = a.task
                WHERE NOT a.past AND a.pack = ANY(\(packs)) AND a.state IN ('offered', 'confirmed')
                ORDER BY a.pack, a.place, a.task
                """,
            ])
            var members: [PackID: [Offer.Member]] = [:]
            var faulty: Set<PackID> = []
            for row in answers[1] {
                let pack: PackID = try row.decode("pack")
                let spec: TaskSpec = try row.json("spec")
                let task = try row.taskID()
                guard let inputs = try await inputs(of: spec, task, connection) else {
                    faulty.insert(pack)
                    continue
                }
                members[pack, default: []].append(
                    Offer.Member(
                        attempt: AttemptKey(task: task, fence: try row.decode("fence")), spec: spec,
                        inputs: inputs,
                        budget: try row.decode("budget", as: BudgetID?.self) ?? BudgetID(""),
                        hold: try row.decode("hold_size")))
            }
            return try answers[0].compactMap { row in
                let id: PackID = try row.decode("id")
                guard !faulty.contains(id), let members = members[id] else { return nil }
                return Offer(
                    pack: id, partition: try row.decode("partition"), account: try row.decode("account"),
                    resources: try row.json("resources"), graceSeconds: try row.decode("grace_seconds"),
                    mustStartBy: try row.decode("must_start_by"), openSeconds: try row.decode("open_seconds"),
                    members: members)
            }
        }
    }

    /// The newest published version of each input; nil when one is not there.
    private func inputs(of spec: TaskSpec, _ task: TaskID, _ connection: Connection) async throws
        -> [StagedInput]?
    {
        var staged: [StagedInput] = []
        for input in spec.inputs {
            let reference = ArtifactReference(input.artifact, campaign: task.submission.rawValue)
            let rows = try await connection.query(
                """
                SELECT a.sha256, m.document FROM artifact a JOIN manifest m USING (sha256)
                WHERE a.campaign = \(reference.campaign) AND a.name = \(reference.name)
                ORDER BY a.id DESC LIMIT 1
                """)
            guard let row = rows.first else { return nil }
            staged.append(
                StagedInput(
                    name: input.name, sha256: try row.decode("sha256"), manifest: try row.json("document")))
        }
        return staged
    }
}
