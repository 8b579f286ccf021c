import Federation
import Postgres

extension BudgetAccount {
    /// The columns that `init(row:)` reads, of `budget b` joined with its `allocation l`.
    static let columns: SQL = """
        b.id, b.allocation, b.granted, b.overrun, b.available, b.held, b.spent, b.expired, l.ends
        """

    /// Reads a row of `columns`.
    init(row: Row) throws {
        self.init(
            id: try row.decode("id"), allocation: try row.decode("allocation"),
            periodEnd: try row.decode("ends"))
        granted = try row.decode("granted")
        overrun = try row.decode("overrun")
        available = try row.decode("available")
        held = try row.decode("held")
        spent = try row.decode("spent")
        expired = try row.decode("expired")
    }

    /// The statement that writes the figures back, if they still are what `old` says.
    func update(from old: BudgetAccount) -> SQL {
        """
        UPDATE budget SET granted = \(granted), overrun = \(overrun), available = \(available), held = \(held),
            spent = \(spent), expired = \(expired)
        WHERE id = \(id) AND granted = \(old.granted) AND held = \(old.held) AND spent = \(old.spent)
            AND available = \(old.available)
        RETURNING 1
        """
    }
}
