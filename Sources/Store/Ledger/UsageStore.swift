public import Federation
public import Postgres

/// Usage and charges summed by what people ask for.
public struct UsageStore: Sendable {
    private let pool: Pool

    /// The usage in that database.
    public init(pool: Pool) { self.pool = pool }

    /// The dimensions that can be asked for.
    public static let dimensions = [
        "site", "partner", "workPackage", "language", "activity", "month", "kind", "model", "campaign",
        "budget",
    ]

    /// Sums over attempts whose work was done in that time, never across units. An attempt that concerns several
    /// languages counts with an equal share for each, so that the sums add up.
    ///
    /// Throws `StoreFault.unresolved` for a dimension that is not known.
    public func sums(
        by dimensions: [String], from: Instant, until: Instant, of partner: PartnerID?
    ) async throws -> [UsageView] {
        var columns: SQL = ""
        var names: [String] = []
        for dimension in dimensions where !names.contains(dimension) {
            guard let expression = Self.expressions[dimension] else {
                throw StoreFault.unresolved(
                    "\"\(dimension)\" is not a dimension; there are \(Self.dimensions.joined(separator: ", "))"
                )
            }
            names.append(dimension)
            columns += "coalesce(" + expression + ", '') AS \(identifier: "d_\(dimension)"), "
        }
        let groups = names.isEmpty ? "" : (1...names.count).map { "\($0), " }.joined()
        let rows = try await pool.query(
            """
            WITH line AS (
                SELECT e.attempt, e.site, e.budget, min(e.effective) AS effective, sum(e.amount) AS charged,
                    (array_agg(e.usage ORDER BY e.id DESC) FILTER (WHERE e.usage IS NOT NULL))[1]::jsonb AS usage
                FROM ledger_entry e
                WHERE e.kind IN ('settle', 'adjust') AND e.effective >= \(from) AND e.effective < \(until)
                GROUP BY e.attempt, e.site, e.budget),
            work AS (
                SELECT l.*, t.partner, t.work_package, t.kind, c.name AS campaign, s.spec,
                    coalesce((SELECT sum((r ->> 'seconds')::bigint) FROM jsonb_array_elements(l.usage -> 'runs') r), 0)
                        * coalesce((l.usage ->> 'nodes')::bigint, 0) AS node_seconds
                FROM line l
                LEFT JOIN task t ON t.submission = substring(l.attempt from '^(.*)-[0-9]+[.][0-9]+[.][0-9]+$')
                    AND t.index = substring(l.attempt from '-([0-9]+)[.][0-9]+[.][0-9]+$')::int
                LEFT JOIN task_spec s ON s.task = t.id LEFT JOIN campaign c ON c.id = t.submission
                WHERE \(partner) IS NULL OR t.partner = \(partner)),
            part AS (
                SELECT w.*, \(names.contains("language") ? Self.byLanguage : Self.whole)
            SELECT \(columns)coalesce(x.unit, '') AS unit, round(sum(p.charged * p.share))::bigint AS charged,
                round(sum(p.node_seconds * p.share))::bigint AS node_seconds,
                round(sum(p.node_seconds * coalesce((p.usage ->> 'coresPerNode')::bigint, 0) * p.share))::bigint
                    AS core_seconds,
                round(sum(p.node_seconds * coalesce((p.usage ->> 'devicesPerNode')::bigint, 0) * p.share))::bigint
                    AS device_seconds,
                count(DISTINCT p.attempt) AS attempts
            FROM part p LEFT JOIN site x ON x.id = p.site
            GROUP BY \(unsafe: groups)x.unit ORDER BY \(unsafe: groups)x.unit
            """)
        return try rows.map { row in
            var by: [String: String] = [:]
            for name in names { by[name] = try row.decode("d_\(name)") }
            return UsageView(
                by: by, unit: try row.decode("unit"), charged: try row.decode("charged"),
                nodeSeconds: try row.decode("node_seconds"), coreSeconds: try row.decode("core_seconds"),
                deviceSeconds: try row.decode("device_seconds"), attempts: try row.decode("attempts"))
        }
    }

    private static let whole: SQL = "NULL::text AS language, 1::numeric AS share FROM work w)"

    private static let byLanguage: SQL = """
        g.language, 1::numeric / greatest(jsonb_array_length(coalesce(w.spec -> 'languages', '[]')), 1) AS share
        FROM work w LEFT JOIN LATERAL jsonb_array_elements_text(w.spec -> 'languages') AS g(language) ON true)
        """

    private static let expressions: [String: SQL] = [
        "site": "p.site", "partner": "p.partner", "workPackage": "p.work_package", "language": "p.language",
        "activity": "p.spec ->> 'activity'", "month": "to_char(p.effective AT TIME ZONE 'UTC', 'YYYY-MM')",
        "kind": "p.kind", "model": "p.spec ->> 'model'", "campaign": "p.campaign", "budget": "p.budget",
    ]
}
