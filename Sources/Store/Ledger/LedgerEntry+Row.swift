import Federation
import Postgres

extension LedgerEntry {
    /// The statement that books the line.
    func insertion(now: Instant) throws -> SQL {
        """
        INSERT INTO ledger_entry (booked_at, effective, kind, budget, site, amount, released, attempt, reason, usage,
            caused_by)
        VALUES (\(now), \(effective), \(kind), \(budget), \(site), \(amount), \(released), \(attempt?.description),
            \(reason.replacing("\0", with: "\u{FFFD}")), \(try usage.map { try StoredJSON.text($0) }), \(by))
        """
    }
}
