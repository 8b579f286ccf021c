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

    /// The statement that writes the agent back, if no other journal took over meanwhile.
    func update(from old: AgentRecord) -> SQL {
        """
        UPDATE agent SET run_root = \(runRoot), journal = \(journal), session = \(session), epoch = \(epoch),
            switches = \(switches), seen = \(seen), mode = \(mode), drained = \(drained)
        WHERE id = \(id) AND epoch = \(old.epoch) RETURNING 1
        """
    }
}
