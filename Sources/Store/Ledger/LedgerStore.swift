public import Federation
public import Postgres

/// The book's lines: append-only, and numbered when they are sealed.
public struct LedgerStore: Sendable {
    private let pool: Pool

    /// The ledger in that database.
    public init(pool: Pool) { self.pool = pool }

    /// Lines in the order in which they were booked, a page at a time. One that no block holds yet shows the number
    /// that it would get now.
    public func page(
        filter: EntryFilter, budgets partner: PartnerID?, after cursor: String?, limit: Int
    ) async throws -> (items: [EntryView], next: String?) {
        let after = try Cursor(cursor, keys: 1)?.keys[0] ?? 0
        let month = try filter.month.map { try MonthText($0) }
        let rows = try await pool.query(
            """
            SELECT e.id, e.booked_at, e.effective, e.kind, e.budget, e.site, coalesce(s.unit, '') AS unit, e.amount,
                e.released, e.attempt, e.reason, e.caused_by, x.block,
                coalesce(x.number, (SELECT coalesce(max(last_number), 0) FROM ledger_block)
                    + (SELECT count(*) FROM ledger_tail t WHERE t.entry <= e.id)) AS number
            FROM ledger_entry e LEFT JOIN site s ON s.id = e.site LEFT JOIN ledger_seal x ON x.entry = e.id
            WHERE e.id > \(after) AND (\(filter.site) IS NULL OR e.site = \(filter.site))
                AND (\(filter.budget) IS NULL OR e.budget = \(filter.budget))
                AND (\(filter.attempt?.description) IS NULL OR e.attempt = \(filter.attempt?.description))
                AND (\(month?.from) IS NULL OR (e.effective >= \(month?.from) AND e.effective < \(month?.until)))
                AND (\(filter.sinceBlock) IS NULL OR x.block IS NULL OR x.block >= \(filter.sinceBlock))
                AND (\(partner) IS NULL OR e.budget IN (
                    SELECT id FROM budget b WHERE b.partner IS NULL OR b.partner = \(partner)))
            ORDER BY e.id LIMIT \(limit + 1)
            """)
        let items = try rows.prefix(limit).map { try EntryView(row: $0) }
        let last = try rows.prefix(limit).last?.decode("id", as: Int64.self)
        return (items, rows.count > limit ? last.map { Cursor($0).text } : nil)
    }

    /// Blocks in order, a page at a time.
    public func blocks(after cursor: String?, limit: Int) async throws -> (items: [BlockView], next: String?)
    {
        let after = try Cursor(cursor, keys: 1)?.keys[0] ?? 0
        let rows = try await pool.query(
            """
            SELECT number, first_number, last_number, previous, hash, signature, sealed_at FROM ledger_block
            WHERE number > \(after) ORDER BY number LIMIT \(limit + 1)
            """)
        let items = try rows.prefix(limit).map { try BlockView(row: $0) }
        return (items, rows.count > limit ? items.last.map { Cursor($0.number).text } : nil)
    }

    /// The newest block.
    public func newestBlock() async throws -> BlockView? {
        let rows = try await pool.query(
            """
            SELECT number, first_number, last_number, previous, hash, signature, sealed_at FROM ledger_block
            ORDER BY number DESC LIMIT 1
            """)
        return try rows.first.map { try BlockView(row: $0) }
    }

    /// The lines of a sealed block exactly as they were hashed.
    public func lines(block: Int64) async throws -> String {
        let rows = try await pool.query(
            """
            SELECT x.number, \(LedgerLine.columns) FROM ledger_seal x JOIN ledger_entry e ON e.id = x.entry
            WHERE x.block = \(block) ORDER BY x.number
            """)
        guard !rows.isEmpty else { throw StoreFault.notFound("block \(block)") }
        return try rows.map { try LedgerLine.text(number: $0.decode("number"), row: $0) }.joined()
    }

    /// Seals what no block holds yet, at most `limit` lines: `seal` gets the previous hash (64 hexadecimal digits) and
    /// the lines, and answers hash and signature. Answers the new block, or nil when there is nothing to seal.
    ///
    /// A line gets its number here, so the numbers have no gap whatever was rolled back in between. Two sealers are
    /// kept apart by a lock; the one that comes second finds nothing left.
    public func seal(
        limit: Int = 10_000, now: Instant,
        _ seal: @Sendable (_ previous: String, _ lines: String) throws -> (hash: String, signature: String)
    ) async throws -> BlockView? {
        try await pool.transaction { connection in
            let answers = try await connection.pipeline([
                "SELECT pg_advisory_xact_lock(\(Self.sealLock))",
                "SELECT number, last_number, hash FROM ledger_block ORDER BY number DESC LIMIT 1",
                """
                SELECT e.id, \(LedgerLine.columns) FROM ledger_tail t JOIN ledger_entry e ON e.id = t.entry
                ORDER BY e.id LIMIT \(limit)
                """,
            ])
            guard !answers[2].isEmpty else { return nil }
            let number = try (answers[1].first?.decode("number", as: Int64.self) ?? 0) + 1
            let first = try (answers[1].first?.decode("last_number", as: Int64.self) ?? 0) + 1
            let previous = try answers[1].first?.decode("hash") ?? String(repeating: "0", count: 64)
            let lines = try answers[2].enumerated().map { offset, row in
                try LedgerLine.text(number: first + Int64(offset), row: row)
            }
            let sealed = try seal(previous, lines.joined())
            let last = first + Int64(lines.count) - 1
            let entries = try answers[2].map { try $0.decode("id", as: Int64.self) }
            _ = try await connection.pipeline([
                """
                INSERT INTO ledger_block (number, first_number, last_number, previous, hash, signature, sealed_at)
                VALUES (\(number), \(first), \(last), \(previous), \(sealed.hash), \(sealed.signature), \(now))
                """,
                """
                INSERT INTO ledger_seal (number, entry, block)
                SELECT \(first) + w.ord - 1, w.entry, \(number)
                FROM unnest(\(entries)) WITH ORDINALITY AS w(entry, ord)
                """,
                "DELETE FROM ledger_tail WHERE entry = ANY(\(entries))",
            ])
            return BlockView(
                number: number, firstEntry: first, lastEntry: last, previous: previous, hash: sealed.hash,
                signature: sealed.signature, sealedAt: now)
        }
    }

    private static let sealLock: Int64 = 0x68_61_6E_73_61_03
}

extension EntryView {
    init(row: Row) throws {
        self.init(
            number: try row.decode("number"), bookedAt: try row.decode("booked_at"),
            effective: try row.decode("effective"), kind: try row.decode("kind"),
            budget: try row.decode("budget"),
            site: try row.decode("site"), unit: try row.decode("unit"), amount: try row.decode("amount"),
            released: try row.decode("released"),
            attempt: try row.decode("attempt", as: String?.self).flatMap { AttemptKey($0) },
            reason: try row.decode("reason"), by: try row.decode("caused_by"), block: try row.decode("block"))
    }
}

extension BlockView {
    init(row: Row) throws {
        self.init(
            number: try row.decode("number"), firstEntry: try row.decode("first_number"),
            lastEntry: try row.decode("last_number"), previous: try row.decode("previous"),
            hash: try row.decode("hash"), signature: try row.decode("signature"),
            sealedAt: try row.decode("sealed_at"))
    }
}
