public import Federation
public import Postgres

/// How the sites' grants went over time, added up by the database: a plot has hundreds of points, a book may have
/// millions of lines.
public struct BurnDownStore: Sendable {
    private let pool: Pool

    /// The book in that database.
    public init(pool: Pool) { self.pool = pool }

    /// The steps of one site or all, by site and time; a day each, or less where the site's whole book is so young
    /// that a finer step gives no more than 1,500 of them. Grants and charges of the same time are steps of their own.
    public func steps(site: SiteID? = nil, budgets partner: PartnerID?) async throws -> [BurnStep] {
        let rows = try await pool.query(
            """
            WITH line AS (
                SELECT e.site, e.booked_at, e.kind IN ('grant', 'expire') AS gives,
                    CASE WHEN e.kind = 'expire' THEN -e.amount ELSE e.amount END AS amount
                FROM ledger_entry e
                WHERE e.kind IN ('grant', 'settle', 'adjust', 'expire') AND e.budget IS NOT NULL
                    AND (\(site) IS NULL OR e.site = \(site))
                    AND (\(partner) IS NULL OR e.budget IN (
                        SELECT id FROM budget b WHERE b.partner IS NULL OR b.partner = \(partner)))),
            age AS (SELECT site, max(booked_at) - min(booked_at) AS span FROM line GROUP BY site),
            width AS (
                SELECT site, CASE WHEN span <= interval '1500 seconds' THEN 'second'
                    WHEN span <= interval '1500 minutes' THEN 'minute'
                    WHEN span <= interval '1500 hours' THEN 'hour' ELSE 'day' END AS unit
                FROM age)
            SELECT l.site, max(l.booked_at) AS at,
                coalesce(sum(l.amount) FILTER (WHERE l.gives), 0)::bigint AS granted,
                coalesce(sum(l.amount) FILTER (WHERE NOT l.gives), 0)::bigint AS charged
            FROM line l JOIN width w ON w.site = l.site
            GROUP BY l.site, date_trunc(w.unit, l.booked_at, 'UTC'), l.gives
            ORDER BY l.site, at, bool_or(l.gives) DESC
            """)
        return try rows.map { row in
            BurnStep(
                site: try row.decode("site"), at: try row.decode("at"), granted: try row.decode("granted"),
                charged: try row.decode("charged"))
        }
    }
}
