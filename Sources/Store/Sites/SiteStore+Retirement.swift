public import Federation
import Postgres

extension SiteStore {
    /// Closes a site for good: placement refuses it from now on, and its agents get no new packs. What is unsettled
    /// there stays, and finishes or is booked from the site's record; without `waived` it makes this a conflict. Answers
    /// what changed, in words.
    public func retire(
        _ site: SiteID, by member: MemberID, reason: String, waived: Bool, now: Instant
    ) async throws -> [String] {
        try await pool.transaction { connection in
            let rows = try await connection.query("SELECT document FROM site WHERE id = \(site) FOR UPDATE")
            guard let row = rows.first else { throw StoreFault.notFound("site \(site)") }
            var document: SiteDocument = try row.json("document")
            guard document.retirement == nil else { return [] }
            let live: Int64 =
                try await connection.query("SELECT count(*) AS n FROM attempt_live WHERE site = \(site)")
                .first?
                .decode("n") ?? 0
            guard live == 0 || waived else {
                throw StoreFault.conflict(
                    "\(live) attempts at \(site) are not settled: drain its agents and wait for them, or waive that, "
                        + "so that they end by themselves or by the site's record")
            }
            document.retirement = SiteRetirement(at: now, by: member, reason: reason)
            _ = try await connection.pipeline([
                "UPDATE site SET document = \(json: try StoredJSON.text(document)) WHERE id = \(site)",
                "UPDATE agent SET drained = true WHERE site = \(site)",
            ])
            var words = ["site \(site): closed; nothing new is placed there"]
            if live > 0 { words.append("site \(site): \(live) attempts are not settled and may still end") }
            return words
        }
    }

    /// The sites that were closed, and when.
    public func retired() async throws -> [SiteID: Instant] {
        try await documents().compactMapValues { $0.retirement?.at }
    }
}
