import Federation
import Postgres

/// The statements of claims that share a transaction. Locks are taken in the order of everywhere (tasks, then budgets,
/// each by their ids): the tasks' before the claim, which sees what it has locked, the budgets' as its last act.
struct ClaimStatement {
    /// What stands in one row beside the pack: whose proposal it is.
    private struct Proposal {
        var pack: PackClaim
        var epoch: Int64
        var now: Instant
    }

    private let claims: [Claim]
    private let proposals: [Proposal]
    private let settings: ExchangeSettings

    init(_ claims: [Claim], settings: ExchangeSettings) {
        self.claims = claims
        self.settings = settings
        proposals = claims.flatMap { claim in
            claim.packs.map { Proposal(pack: $0, epoch: claim.epoch, now: claim.now) }
        }
    }

    /// Epoch, tasks' locks, the claim. Without `lockingBudgets` it goes by what budgets had when it began, and its last act
    /// is to hold them: where another claim came first and not all of it fits any more, a constraint refuses the batch.
    func statements(lockingBudgets: Bool) throws -> [SQL] {
        let members = proposals.flatMap(\.pack.members)
        let budgets: SQL = """
            SELECT FROM budget WHERE id = ANY(\(Set(members.map(\.budget)).sorted())) ORDER BY id FOR NO KEY UPDATE
            """
        return [
            PlanSettings.byKey,
            "SELECT epoch FROM lease WHERE name = 'proposer' FOR SHARE",
            "SELECT FROM task WHERE id = ANY(\(members.map(\.key.row))) ORDER BY id FOR NO KEY UPDATE",
        ] + (lockingBudgets ? [budgets] : []) + [try claim(members)]
    }

    /// What each claim came to, from the rows of the statements. The epoch's verdict is a row of its own: keys that
    /// are no longer true and an epoch that is over both come to nothing otherwise.
    func answers(_ rows: [[Row]]) throws -> [Result<[AttemptKey], any Error>] {
        let current = try rows[1].first?.decode("epoch", as: Int64.self)
        var keys = claims.map { _ in [AttemptKey]() }
        let owners = claims.indices.flatMap { index in
            repeatElement(index, count: claims[index].packs.reduce(0) { $0 + $1.members.count })
        }
        for row in rows[rows.count - 1] {
            let place = try row.decode("ord", as: Int.self) - 1
            keys[owners[place]].append(AttemptKey(task: try row.taskID(), fence: try row.decode("fence")))
        }
        return zip(claims, keys).map { claim, keys in
            claim.epoch == current ? .success(keys) : .failure(StoreFault.staleEpoch(claim.epoch))
        }
    }

    /// A budget's rows are counted together, in the order of the proposals: what its `available` does not cover is
    /// left in the queue. The hold is summed from the rows really deleted. What a row brings along stays with it to the
    /// end, so that nothing is looked up twice.
    private func claim(_ members: [PackClaim.Member]) throws -> SQL {
        """
        WITH want AS MATERIALIZED (\(want(members))),
            job AS MATERIALIZED (\(try jobs())),
            book AS MATERIALIZED (SELECT i.generation, l.epoch FROM instance i
                JOIN lease l ON l.name = 'proposer' WHERE NOT EXISTS (SELECT 1 FROM agent WHERE quarantined)),
            purse AS MATERIALIZED (SELECT id::text, available FROM budget
                WHERE id = ANY(\(Set(members.map(\.budget)).sorted())) AND overrun = 0),
            pick AS MATERIALIZED (
                SELECT w.ord, w.place, w.budget, w.hold, r.ctid AS tid, t.id AS task, j.*,
                    CASE WHEN g.mode = 'courier' THEN \(settings.offerSeconds(for: .courier))
                        ELSE \(settings.offerSeconds) END AS open_seconds,
                    CASE WHEN t.last_fence >> 32 >= b.generation THEN t.last_fence + 1
                        ELSE (b.generation << 32) | 1 END AS fence
                FROM want w JOIN job j ON j.nr = w.job JOIN book b ON b.epoch = j.epoch
                JOIN ready r ON r.shape = w.shape AND r.rank = w.rank JOIN task t ON t.id = r.task
                JOIN agent g ON g.id = j.agent AND NOT g.drained AND g.revoked_at IS NULL
                WHERE t.state = 'ready' AND NOT t.cancel_requested
                    AND (t.not_before IS NULL OR t.not_before <= j.made_at)
                    AND (t.bound_to IS NULL OR t.bound_to = j.agent)
                    AND j.allocation = ANY(ARRAY(SELECT id::text FROM allocation
                        WHERE id = ANY(\(Set(proposals.map(\.pack.allocation)).sorted()))))
                    AND NOT EXISTS (SELECT 1 FROM attempt_live a WHERE a.task = t.id AND a.parked
                        AND NOT a.superseded AND a.state <> 'ended')),
            fit AS MATERIALIZED (
                SELECT f.* FROM (SELECT p.*, sum(hold) OVER (PARTITION BY budget ORDER BY ord) AS run FROM pick p) f
                JOIN purse b ON b.id = f.budget WHERE f.run <= b.available),
            gone AS (DELETE FROM ready r USING fit f WHERE r.ctid = f.tid RETURNING f.*),
            locked AS MATERIALIZED (SELECT b.id FROM budget b WHERE b.id = ANY(ARRAY(SELECT budget FROM gone))
                ORDER BY b.id FOR NO KEY UPDATE),
            held AS (UPDATE budget b SET available = b.available - s.hold, held = b.held + s.hold
                FROM locked l JOIN (SELECT budget, sum(hold)::bigint AS hold FROM gone GROUP BY budget) s
                    ON s.budget = l.id
                WHERE b.id = l.id),
            moved AS (UPDATE task t SET state = 'running', live = g.fence, last_fence = g.fence,
                    attempts = t.attempts + 1
                FROM gone g WHERE t.id = g.task RETURNING g.ord, t.submission, t.index, g.fence),
            packed AS (INSERT INTO pack (id, agent, allocation, partition, account, resources, grace_seconds,
                    must_start_by, open_seconds, made_at)
                SELECT DISTINCT ON (nr) pack, agent, allocation, partition, account, resources, grace_seconds,
                    must_start_by, open_seconds, made_at
                FROM gone ORDER BY nr),
            made AS (INSERT INTO attempt_live (task, fence, past, agent, site, pack, place, state, partition, budget,
                    hold_size, hold, offered_at, offer_expires, must_start_by, walltime_seconds, grace_seconds)
                SELECT task, fence, false, agent, site, pack, place, 'offered', partition, budget, hold, hold,
                    made_at, made_at + make_interval(secs => open_seconds), must_start_by, walltime_seconds,
                    grace_seconds
                FROM gone)
        SELECT ord, submission, index, fence FROM moved ORDER BY ord
        """
    }

    /// The members with the places of their packs among the proposals.
    private func want(_ members: [PackClaim.Member]) -> SQL {
        var job: [Int64] = []
        var place: [Int32] = []
        for (number, proposal) in proposals.enumerated() {
            for index in proposal.pack.members.indices {
                job.append(Int64(number + 1))
                place.append(Int32(clamping: index))
            }
        }
        return """
            SELECT * FROM unnest(\(members.map(\.key.shape)), \(members.map(\.key.rank)),
                \(members.map(\.budget)), \(members.map(\.hold)), \(job), \(place))
            WITH ORDINALITY AS w(shape, rank, budget, hold, job, place, ord)
            """
    }

    private func jobs() throws -> SQL {
        let packs = proposals.map(\.pack)
        var texts = JSONTexts()
        return """
            SELECT * FROM unnest(\(packs.map(\.pack)), \(packs.map(\.agent)), \(packs.map(\.site)),
                \(packs.map(\.partition)), \(packs.map(\.allocation)), \(packs.map(\.account)),
                \(try packs.map { try texts.parameter($0.resources) }), \(packs.map(\.graceSeconds)), \(packs.map(\.mustStartBy)),
                \(packs.map(\.resources.walltimeSeconds)), \(proposals.map(\.epoch)), \(proposals.map(\.now)))
            WITH ORDINALITY AS j(pack, agent, site, partition, allocation, account, resources, grace_seconds,
                must_start_by, walltime_seconds, epoch, made_at, nr)
            """
    }
}
