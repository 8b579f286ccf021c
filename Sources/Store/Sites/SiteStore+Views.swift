public import Federation
import Postgres

extension SiteStore {
    /// Sites by name with their agents and figures; all, or one.
    public func views(_ only: SiteID?, settings: ExchangeSettings, now: Instant) async throws -> [SiteView] {
        let answers = try await pool.withConnection { connection in
            try await connection.pipeline([
                """
                SELECT s.id, s.name, s.country, s.unit, s.document, coalesce(sum(b.granted), 0) AS granted,
                    coalesce(sum(b.overrun), 0) AS overrun, coalesce(sum(b.available), 0) AS available,
                    coalesce(sum(b.held), 0) AS held, coalesce(sum(b.spent), 0) AS spent,
                    coalesce(sum(b.expired), 0) AS expired,
                    (SELECT count(*) FROM attempt_past p WHERE p.site = s.id AND p.state = 'settled'
                        AND p.finish -> 'outcome' ? 'completed') AS completed
                FROM site s LEFT JOIN allocation l ON l.site = s.id LEFT JOIN budget b ON b.allocation = l.id
                WHERE \(only) IS NULL OR s.id = \(only) GROUP BY s.id ORDER BY s.id
                """,
                """
                SELECT \(AgentRecord.columns), quarantined, capacity, program, certificate_until, revoked_at,
                    enrolled_at FROM agent ORDER BY id
                """,
                "SELECT site, document FROM partition ORDER BY site, place",
                "SELECT site, state, count(*) AS n FROM attempt_live GROUP BY site, state",
            ])
        }
        let agents = try agents(answers[1], settings: settings, now: now)
        var partitions: [SiteID: [JSONValue]] = [:]
        for row in answers[2] {
            partitions[try row.decode("site"), default: []].append(try row.json("document"))
        }
        var attempts: [SiteID: [String: Int]] = [:]
        for row in answers[3] {
            attempts[try row.decode("site"), default: [:]][try row.decode("state")] = try row.decode("n")
        }
        return try answers[0].map { row in
            let id: SiteID = try row.decode("id")
            let document: SiteDocument = try row.json("document")
            var view = SiteView(
                id: id, name: try row.decode("name"), country: try row.decode("country"),
                unit: try row.decode("unit"), agents: agents[id] ?? [], partitions: partitions[id] ?? [],
                tariffs: document.prices.tariffs, balance: try BalanceView(row: row),
                attempts: attempts[id] ?? [:],
                completed: try row.decode("completed"))
            view.retired = document.retirement?.at
            return view
        }
    }

    private func agents(
        _ rows: [Row], settings: ExchangeSettings, now: Instant
    ) throws -> [SiteID: [SiteView.AgentView]] {
        var agents: [SiteID: [SiteView.AgentView]] = [:]
        for row in rows {
            let record = try AgentRecord(row: row)
            let presence = AgentPresence(
                of: record, quarantined: try row.decode("quarantined"), now: now, settings: settings)
            let state =
                switch presence {
                case .connected: "connected"
                case .unreachable: "unreachable"
                case .neverSeen: "neverSeen"
                case .drained: "drained"
                case .quarantined: "quarantined"
                }
            let isRevoked = try row.decode("revoked_at", as: Instant?.self) != nil
            agents[record.site, default: []].append(
                SiteView.AgentView(
                    id: record.id, state: isRevoked ? "revoked" : state, seen: record.seen,
                    mode: record.seen == nil ? nil : record.mode, program: try row.decode("program"),
                    capacity: try row.json("capacity"), certificateUntil: try row.decode("certificate_until"))
            )
        }
        return agents
    }
}
