import Federation
import Postgres

extension LedgerEntry {
    /// The statement that books the line.
    func insertion(now: Instant) throws -> SQL { try Self.insertion(of: [self], now: now) }

    /// The statement that books the lines, in their order.
    static func insertion(of entries: [LedgerEntry], now: Instant) throws -> SQL {
        """
        INSERT INTO ledger_entry (booked_at, effective, kind, budget, site, amount, released, attempt, reason, usage,
            caused_by)
        SELECT \(now), e.effective, e.kind, e.budget, e.site, e.amount, e.released, e.attempt, e.reason, e.usage,
            e.caused_by
        FROM unnest(\(entries.map(\.effective)), \(entries.map(\.kind)), \(entries.map(\.budget)),
            \(entries.map(\.site)), \(entries.map(\.amount)), \(entries.map(\.released)),
            \(entries.map { $0.attempt?.description }),
            \(entries.map { $0.reason.replacing("\0", with: "\u{FFFD}") }),
            \(try entries.map { try $0.usage.map { try StoredJSON.text($0) } }), \(entries.map(\.by)))
        WITH ORDINALITY AS e(effective, kind, budget, site, amount, released, attempt, reason, usage, caused_by, ord)
        ORDER BY e.ord
        """
    }
}
