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

    /// The statement that books the difference, whatever else was booked since `old` was read without a lock. Nil where
    /// the order of bookings matters: at a budget that is or would be overspent, that gets or loses a grant, or is over.
    /// Everywhere else what is charged and given back adds up, `available` less `overrun` being one number; where the
    /// row is overspent by now, or would be, its constraints refuse the difference.
    func difference(from old: BudgetAccount) -> SQL? {
        guard old.overrun == .zero, overrun == .zero, granted == old.granted, expired == old.expired else {
            return nil
        }
        return """
            UPDATE budget SET available = available + \(available - old.available),
                held = held + \(held - old.held), spent = spent + \(spent - old.spent)
            WHERE id = \(id)
            """
    }

    /// Whether a difference was refused because the row is not as it was when it was read.
    static func isOutdated(_ error: PostgresError) -> Bool {
        error.constraint == "budget_available_check" || error.constraint == "nothing_beside_overrun"
    }
}
