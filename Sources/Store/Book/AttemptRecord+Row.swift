import Federation
import Postgres

extension AttemptRecord {
    /// The columns that `init(row:)` reads, of `attempt a` joined with `task t`.
    static let columns: SQL = "t.submission, t.index, \(own)"

    /// The columns that `init(row:task:)` reads, of `attempt a`.
    static let own: SQL = """
        a.task, a.fence, a.agent, a.site, a.pack, a.state, a.partition, a.budget, a.hold_size, a.hold,
        a.charged, a.usage, a.offered_at, a.offer_expires, a.accepted_at, a.confirmed_session, a.must_start_by,
        a.walltime_seconds, a.grace_seconds, a.job, a.started_at, a.waiting_reason, a.finish, a.ended_at,
        a.settled_at, a.cancel_requested, a.superseded, a.parked, a.look_up_due, a.read_at, a.re_reads, a.next_re_read
        """

    /// Reads a row of `columns`.
    init(row: Row) throws { try self.init(row: row, task: try row.taskID()) }

    /// Reads a row of `own`, of that task.
    init(row: Row, task: TaskID) throws {
        self.init(
            key: AttemptKey(task: task, fence: try row.decode("fence")),
            agent: try row.decode("agent"), site: try row.decode("site"), pack: try row.decode("pack"),
            partition: try row.decode("partition"), budget: try row.decode("budget"),
            holdSize: try row.decode("hold_size"), offeredAt: try row.decode("offered_at"),
            offerExpires: try row.decode("offer_expires"), mustStartBy: try row.decode("must_start_by"),
            walltimeSeconds: try row.decode("walltime_seconds"), graceSeconds: try row.decode("grace_seconds")
        )
        state = try row.decode("state")
        hold = try row.decode("hold")
        charged = try row.decode("charged")
        usage = try row.optionalJSON("usage")
        acceptedAt = try row.decode("accepted_at")
        confirmedSession = try row.decode("confirmed_session")
        job = try row.decode("job")
        startedAt = try row.decode("started_at")
        waitingReason = try row.decode("waiting_reason")
        end = try row.optionalJSON("finish")
        endedAt = try row.decode("ended_at")
        settledAt = try row.decode("settled_at")
        cancelRequested = try row.decode("cancel_requested")
        superseded = try row.decode("superseded")
        parked = try row.decode("parked")
        lookUpDue = try row.decode("look_up_due")
        readAt = try row.decode("read_at")
        reReads = Int(try row.decode("re_reads", as: Int32.self))
        nextReRead = try row.decode("next_re_read")
    }

    /// Whether the attempt is over for good and leaves the hot part of its table.
    var isPast: Bool { state == .settled || state.isBurnt }

    /// The statement that makes the attempt's row.
    func insertion(row task: Int64) throws -> SQL {
        """
        INSERT INTO attempt (task, fence, past, agent, site, pack, state, partition, budget, hold_size, hold, charged,
            usage, offered_at, offer_expires, accepted_at, confirmed_session, must_start_by, walltime_seconds,
            grace_seconds, job, started_at, waiting_reason, finish, ended_at, settled_at, cancel_requested, superseded,
            parked, look_up_due, read_at, re_reads, next_re_read)
        VALUES (\(task), \(key.fence), \(isPast), \(agent), \(site), \(pack), \(state), \(partition), \(budget),
            \(holdSize), \(hold), \(charged), \(try StoredJSON.parameter(usage)), \(offeredAt), \(offerExpires),
            \(acceptedAt), \(confirmedSession), \(mustStartBy), \(walltimeSeconds), \(graceSeconds), \(job),
            \(startedAt), \(waitingReason), \(try StoredJSON.parameter(end)), \(endedAt), \(settledAt),
            \(cancelRequested), \(superseded), \(parked), \(lookUpDue), \(readAt), \(Int32(clamping: reReads)),
            \(nextReRead))
        RETURNING 1
        """
    }

    /// The statement that writes attempts back whose rows still stand where `old` stood; answers a row for each.
    /// Those in the hot part of the table and those that have left it go in statements of their own, so that each finds
    /// its part without looking into the other. What an offer said is written where it differs, which no rule does.
    static func update(
        _ changes: [(old: AttemptRecord, new: AttemptRecord, row: Int64)], past: Bool
    ) throws -> SQL {
        let new = changes.map(\.new)
        let terms = changes.allSatisfy { $0.old.hasTerms(of: $0.new) } ? nil : Terms(new)
        var texts = JSONTexts()
        return """
            UPDATE attempt a SET past = u.past, state = u.state, hold = u.hold, charged = u.charged, usage = u.usage,
                offer_expires = u.offer_expires, accepted_at = u.accepted_at,
                confirmed_session = u.confirmed_session, job = u.job,
                started_at = u.started_at, waiting_reason = u.waiting_reason, finish = u.finish,
                ended_at = u.ended_at, settled_at = u.settled_at, cancel_requested = u.cancel_requested,
                superseded = u.superseded, parked = u.parked, look_up_due = u.look_up_due, read_at = u.read_at,
                re_reads = u.re_reads, next_re_read = u.next_re_read\(terms?.assignments ?? "")
            FROM unnest(\(changes.map(\.row)), \(new.map(\.key.fence)), \(changes.map(\.old.state)),
                \(changes.map(\.old.hold)), \(changes.map(\.old.charged)), \(new.map(\.isPast)),
                \(new.map(\.state)), \(new.map(\.hold)), \(new.map(\.charged)),
                \(try new.map { try texts.parameter($0.usage) }), \(new.map(\.offerExpires)),
                \(new.map(\.acceptedAt)), \(new.map(\.confirmedSession)), \(new.map(\.job)), \(new.map(\.startedAt)), \(new.map(\.waitingReason)),
                \(try new.map { try texts.parameter($0.end) }), \(new.map(\.endedAt)), \(new.map(\.settledAt)),
                \(new.map(\.cancelRequested)), \(new.map(\.superseded)), \(new.map(\.parked)),
                \(new.map(\.lookUpDue)), \(new.map(\.readAt)), \(new.map { Int32(clamping: $0.reReads) }),
                \(new.map(\.nextReRead))\(terms?.values ?? ""))
            AS u(task, fence, old_state, old_hold, old_charged, past, state, hold, charged, usage, offer_expires,
                accepted_at, confirmed_session, job, started_at, waiting_reason, finish, ended_at,
                settled_at, cancel_requested, superseded, parked, look_up_due, read_at, re_reads,
                next_re_read\(terms?.names ?? ""))
            WHERE a.task = ANY(\(changes.map(\.row))) AND a.task = u.task AND a.fence = u.fence
                AND a.past = \(unsafe: past ? "true" : "false") AND a.state = u.old_state AND a.hold = u.old_hold AND a.charged = u.old_charged
            RETURNING 1
            """
    }

    /// Whether what the offer said is the same.
    private func hasTerms(of other: AttemptRecord) -> Bool {
        agent == other.agent && site == other.site && pack == other.pack && partition == other.partition
            && budget == other.budget && holdSize == other.holdSize && offeredAt == other.offeredAt
            && mustStartBy == other.mustStartBy && walltimeSeconds == other.walltimeSeconds
            && graceSeconds == other.graceSeconds
    }

    /// What an offer said, as parts of the statement above.
    private struct Terms {
        let assignments: SQL = """
            , agent = u.agent, site = u.site, pack = u.pack, partition = u.partition, budget = u.budget,
                hold_size = u.hold_size, offered_at = u.offered_at, must_start_by = u.must_start_by,
                walltime_seconds = u.walltime_seconds, grace_seconds = u.grace_seconds
            """
        let names: SQL = """
            , agent, site, pack, partition, budget, hold_size, offered_at, must_start_by, walltime_seconds, grace_seconds
            """
        let values: SQL

        init(_ new: [AttemptRecord]) {
            values = """
                , \(new.map(\.agent)), \(new.map(\.site)), \(new.map(\.pack)), \(new.map(\.partition)),
                    \(new.map(\.budget)), \(new.map(\.holdSize)), \(new.map(\.offeredAt)),
                    \(new.map(\.mustStartBy)), \(new.map(\.walltimeSeconds)), \(new.map(\.graceSeconds))
                """
        }
    }
}
