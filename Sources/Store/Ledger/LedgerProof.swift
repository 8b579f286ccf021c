public import Federation
public import Postgres

/// Proves the whole book with one query (design: every figure is explained by entries and attempts).
public struct LedgerProof: Sendable {
    private let pool: Pool

    /// The proof over that database.
    public init(pool: Pool) { self.pool = pool }

    /// Whether every budget balances, its hold is its attempts' holds, its grants, charges and expiries are its
    /// entries', every allocation covers its budgets, every suspense account is its entries', and every entry is
    /// either sealed or waits to be. The query sees one moment: it is one statement.
    public func check() async throws -> LedgerCheckView {
        let rows = try await pool.query(Self.statement)
        var view = LedgerCheckView(entries: 0, balanced: true, faults: [], sites: [:], units: [:])
        for row in rows {
            switch try row.decode("kind", as: String.self) {
            case "fault": view.faults.append(try row.decode("words"))
            case "entries": view.entries = try row.decode("granted")
            default:
                let site: String = try row.decode("words")
                view.sites[site] = try BalanceView(row: row)
                view.units[site] = try row.decode("unit")
            }
        }
        view.balanced = view.faults.isEmpty
        return view
    }

    private static let statement: SQL = """
        WITH live AS (SELECT budget, sum(hold) AS hold, sum(charged) AS charged FROM attempt
                WHERE budget IS NOT NULL GROUP BY budget),
            lines AS (SELECT budget,
                sum(amount) FILTER (WHERE kind IN ('grant', 'transfer')) AS granted,
                sum(amount) FILTER (WHERE kind IN ('settle', 'adjust')) AS spent,
                sum(amount) FILTER (WHERE kind = 'expire') AS expired
                FROM ledger_entry WHERE budget IS NOT NULL GROUP BY budget),
            account AS (SELECT b.*, l.site, coalesce(v.hold, 0) AS live_hold, coalesce(v.charged, 0) AS live_charged,
                coalesce(e.granted, 0) AS line_granted, coalesce(e.spent, 0) AS line_spent,
                coalesce(e.expired, 0) AS line_expired
                FROM budget b JOIN allocation l ON l.id = b.allocation
                LEFT JOIN live v ON v.budget = b.id LEFT JOIN lines e ON e.budget = b.id),
            suspense AS (SELECT s.id, s.suspense, coalesce((SELECT sum(amount) FROM ledger_entry e
                WHERE e.site = s.id AND e.budget IS NULL AND e.kind IN ('settle', 'adjust')), 0) AS line
                FROM site s),
            fault AS (
                SELECT id || ': the figures do not add up' AS words FROM account
                WHERE granted + overrun <> available + held + spent + expired
                    OR least(granted, overrun, available, held, spent, expired) < 0
                    OR (available > 0 AND overrun > 0)
                UNION ALL SELECT id || ': ' || held || ' held, its attempts hold ' || live_hold FROM account
                WHERE held <> live_hold
                UNION ALL SELECT id || ': ' || spent || ' spent, its attempts were charged ' || live_charged
                FROM account WHERE spent <> live_charged
                UNION ALL SELECT id || ': ' || spent || ' spent, its entries say ' || line_spent FROM account
                WHERE spent <> line_spent
                UNION ALL SELECT id || ': ' || granted || ' granted, its entries say ' || line_granted FROM account
                WHERE granted <> line_granted
                UNION ALL SELECT id || ': ' || expired || ' expired, its entries say ' || line_expired FROM account
                WHERE expired <> line_expired
                UNION ALL SELECT l.id || ': ' || l.granted || ' granted, its budgets have ' || sum(a.granted)
                FROM allocation l JOIN account a ON a.allocation = l.id GROUP BY l.id, l.granted
                HAVING sum(a.granted) > l.granted
                UNION ALL SELECT id || ': ' || suspense || ' in suspense, its entries say ' || line FROM suspense
                WHERE suspense <> line
                UNION ALL SELECT 'attempts name the budget ' || v.budget || ', which is not there' FROM live v
                WHERE NOT EXISTS (SELECT 1 FROM budget b WHERE b.id = v.budget)
                UNION ALL SELECT 'two live attempts of task ' || min(t.submission) || '-' || min(t.index) FROM (
                    SELECT task, count(*) FROM attempt_live WHERE NOT superseded AND NOT parked
                        AND state IN ('confirmed', 'submitting', 'submitted', 'started')
                    GROUP BY task HAVING count(*) > 1) d JOIN task t ON t.id = d.task GROUP BY d.task
                UNION ALL SELECT 'entry ' || e.id || ' is neither sealed nor waits to be' FROM ledger_entry e
                WHERE NOT EXISTS (SELECT 1 FROM ledger_seal x WHERE x.entry = e.id)
                    AND NOT EXISTS (SELECT 1 FROM ledger_tail t WHERE t.entry = e.id))
        SELECT 'fault' AS kind, words, '' AS unit, 0::numeric AS granted, 0::numeric AS overrun,
            0::numeric AS available, 0::numeric AS held, 0::numeric AS spent, 0::numeric AS expired FROM fault
        UNION ALL SELECT 'entries', '', '', count(*), 0, 0, 0, 0, 0 FROM ledger_entry
        UNION ALL SELECT 'site', s.id, s.unit, coalesce(sum(a.granted), 0), coalesce(sum(a.overrun), 0),
            coalesce(sum(a.available), 0), coalesce(sum(a.held), 0), coalesce(sum(a.spent), 0),
            coalesce(sum(a.expired), 0)
        FROM site s LEFT JOIN account a ON a.site = s.id GROUP BY s.id, s.unit
        """
}
