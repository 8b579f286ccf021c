public import Federation
public import Postgres

/// Sites: their documents, and what is known of them now.
public struct SiteStore: Sendable {
    let pool: Pool

    /// The sites of that database.
    public init(pool: Pool) { self.pool = pool }

    /// The documents that were applied last, by site.
    public func documents() async throws -> [SiteID: SiteDocument] {
        let rows = try await pool.query("SELECT id, document FROM site")
        var documents: [SiteID: SiteDocument] = [:]
        for row in rows { documents[try row.decode("id")] = try row.json("document") }
        return documents
    }

    /// The names of all sites, in order.
    public func ids() async throws -> [SiteID] {
        try await pool.query("SELECT id FROM site ORDER BY id").map { try $0.decode("id") }
    }

    /// Puts a site's document into the book, everything or nothing; answers what changed, in words.
    public func apply(_ document: SiteDocument, by member: MemberID, now: Instant) async throws -> [String] {
        try await pool.transaction { connection in
            let rows = try await connection.query(
                "SELECT document FROM site WHERE id = \(document.id) FOR UPDATE")
            let old: SiteDocument? = try rows.first.map { try $0.json("document") }
            // Tariffs of a closed site may still be put right; it stays closed.
            var document = document
            document.retirement = old?.retirement
            let words = Self.changes(document, after: old)
            guard !words.isEmpty else { return [] }
            if let old, old.prices.unit != document.prices.unit {
                try await Self.refuseNewUnit(document, connection)
            }
            _ = try await connection.pipeline(try statements(document, by: member, now: now))
            return words
        }
    }

    private static func changes(_ document: SiteDocument, after old: SiteDocument?) -> [String] {
        let id = document.id
        guard let old else {
            return [
                "site \(id): new, \(document.partitions.count) partitions, \(document.prices.tariffs.count) tariffs"
            ]
        }
        var words: [String] = []
        if (old.name, old.country, old.graceSeconds, old.clockSkewSeconds, old.accounts)
            != (
                document.name, document.country, document.graceSeconds, document.clockSkewSeconds,
                document.accounts
            )
        {
            words.append("site \(id): name, country, accounts or times changed")
        }
        if old.partitions != document.partitions { words.append("site \(id): partitions changed") }
        if old.prices != document.prices {
            words.append("site \(id): tariffs changed; they hold for charges to come")
        }
        if old.agents != document.agents { words.append("site \(id): agents changed") }
        if old.packing != document.packing { words.append("site \(id): packing changed") }
        if old.facts != document.facts || old.launcherHints != document.launcherHints {
            words.append("site \(id): facts changed")
        }
        return words
    }

    private static func refuseNewUnit(_ document: SiteDocument, _ connection: Connection) async throws {
        let rows = try await connection.query("SELECT FROM ledger_entry WHERE site = \(document.id) LIMIT 1")
        guard rows.isEmpty else {
            throw StoreFault.conflict(
                "site \(document.id) has entries in another unit than \(document.prices.unit): "
                    + "a new unit needs a new site")
        }
    }

    private func statements(_ document: SiteDocument, by member: MemberID, now: Instant) throws -> [SQL] {
        var statements: [SQL] = [
            """
            INSERT INTO site (id, name, country, unit, document, applied_at, applied_by)
            VALUES (\(document.id), \(document.name), \(document.country), \(document.prices.unit),
                \(json: try StoredJSON.text(document)), \(now), \(member))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, country = excluded.country, unit = excluded.unit,
                document = excluded.document, applied_at = excluded.applied_at, applied_by = excluded.applied_by
            """,
            "DELETE FROM partition WHERE site = \(document.id)",
            "DELETE FROM tariff WHERE site = \(document.id)",
        ]
        for (place, partition) in document.partitions.enumerated() {
            statements.append(
                """
                INSERT INTO partition (site, id, place, document)
                VALUES (\(document.id), \(partition.id), \(Int32(clamping: place)),
                    \(json: try StoredJSON.text(partition)))
                """)
        }
        for (place, tariff) in document.prices.tariffs.enumerated() {
            statements.append(
                """
                INSERT INTO tariff (site, place, partition, from_at, document)
                VALUES (\(document.id), \(Int32(clamping: place)), \(tariff.partition), \(tariff.from),
                    \(json: try StoredJSON.text(tariff)))
                """)
        }
        for agent in document.agents {
            statements.append(
                "INSERT INTO agent (id, site) VALUES (\(agent.id), \(document.id)) ON CONFLICT (id) DO NOTHING"
            )
        }
        return statements
    }
}
