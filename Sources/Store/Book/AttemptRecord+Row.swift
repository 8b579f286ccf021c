import Federation
import Postgres

extension AttemptRecord {
    /// The columns that `init(row:)` reads, of `attempt a` joined with `task t`.
    static let columns: SQL = """
        t.submission, t.index, a.fence, a.agent, a.site, a.pack, a.state, a.partition, a.budget, a.hold_size, a.hold,
        a.charged, a.usage, a.offered_at, a.offer_expires, a.accepted_at, a.confirmed_session, a.must_start_by,
        a.walltime_seconds, a.grace_seconds, a.job, a.started_at, a.waiting_reason, a.finish, a.ended_at,
        a.settled_at, a.cancel_requested, a.superseded, a.parked, a.look_up_due, a.read_at, a.re_reads, a.next_re_read
        """

    /// Reads a row of `columns`.
    init(row: Row) throws {
        self.init(
            key: AttemptKey(task: try row.taskID(), fence: try row.decode("fence")),
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

    /// The statement that writes the attempt back, if its row still stands where `old` stood.
    func update(from old: AttemptRecord, row task: Int64) throws -> SQL {
        """
        UPDATE attempt SET past = \(isPast), agent = \(agent), site = \(site), pack = \(pack), state = \(state),
            partition = \(partition), budget = \(budget), hold_size = \(holdSize), hold = \(hold),
            charged = \(charged), usage = \(try StoredJSON.parameter(usage)), offered_at = \(offeredAt),
            offer_expires = \(offerExpires), accepted_at = \(acceptedAt), confirmed_session = \(confirmedSession),
            must_start_by = \(mustStartBy), walltime_seconds = \(walltimeSeconds), grace_seconds = \(graceSeconds),
            job = \(job), started_at = \(startedAt), waiting_reason = \(waitingReason),
            finish = \(try StoredJSON.parameter(end)), ended_at = \(endedAt), settled_at = \(settledAt),
            cancel_requested = \(cancelRequested), superseded = \(superseded), parked = \(parked),
            look_up_due = \(lookUpDue), read_at = \(readAt), re_reads = \(Int32(clamping: reReads)),
            next_re_read = \(nextReRead)
        WHERE task = \(task) AND fence = \(key.fence) AND past = \(old.isPast) AND state = \(old.state)
            AND hold = \(old.hold) AND charged = \(old.charged)
        RETURNING 1
        """
    }
}
