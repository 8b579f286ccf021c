import Federation
import Postgres

extension AgentRecord {
    /// The columns that `init(row:)` reads.
    static let columns: SQL = "id, site, run_root, journal, session, epoch, switches, seen, mode, drained"

    /// Reads a row of `columns`.
    init(row: Row) throws {
        self.init(id: try row.decode("id"), site: try row.decode("site"))
        runRoot = try row.decode("run_root")
        journal = try row.decode("journal")
        session = try row.decode("session")
        epoch = try row.decode("epoch")
        switches = try row.decode("switches")
        seen = try row.decode("seen")
        mode = try row.decode("mode")
        drained = try row.decode("drained")
    }

    /// The statement that writes agents back of which no other journal took over meanwhile; answers a row for each.
    /// `unnest` would take the switches of all apart: they go as texts, in microseconds.
    static func update(_ changes: [(old: AgentRecord, new: AgentRecord)]) -> SQL {
        let new = changes.map(\.new)
        return """
            UPDATE agent a SET run_root = u.run_root, journal = u.journal, session = u.session, epoch = u.epoch,
                switches = ARRAY(SELECT timestamptz 'epoch' + x * interval '1 microsecond'
                    FROM unnest(u.switches::bigint[]) WITH ORDINALITY s(x, ord) ORDER BY ord),
                seen = u.seen, mode = u.mode, drained = u.drained
            FROM unnest(\(new.map(\.id)), \(changes.map(\.old.epoch)), \(new.map(\.runRoot)),
                \(new.map(\.journal)), \(new.map(\.session)), \(new.map(\.epoch)),
                \(new.map { "{\($0.switches.map { String($0.microseconds) }.joined(separator: ","))}" }),
                \(new.map(\.seen)), \(new.map(\.mode)), \(new.map(\.drained)))
            AS u(id, old_epoch, run_root, journal, session, epoch, switches, seen, mode, drained)
            WHERE a.id = ANY(\(new.map(\.id))) AND a.id = u.id AND a.epoch = u.old_epoch RETURNING 1
            """
    }
}
