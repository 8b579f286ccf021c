public import Federation
import Postgres

extension ProgrammeStore {
    /// The programme with its partners' standing; nil before one was applied. Budgets are those that `partner` may
    /// spend, or all.
    public func view(
        for partner: PartnerID?, settings: ExchangeSettings, now: Instant
    ) async throws -> ProgrammeView? {
        guard let document = try await document() else { return nil }
        let eligibility = try await eligibility()
        let partners = document.partners.sorted { $0.id < $1.id }.map { one in
            let ruling = eligibility.compute(one.id, at: now)
            return PartnerView(
                id: one.id, name: one.name, country: one.country, compute: ruling.verdict.rawValue,
                reason: ruling.inWords)
        }
        return ProgrammeView(
            id: document.id, name: document.name, grant: document.grant, from: document.from,
            until: document.until,
            partners: partners,
            workPackages: Dictionary(
                document.workPackages.map { ($0.id.rawValue, $0.title) },
                uniquingKeysWith: { first, _ in first }),
            budgets: try await BudgetStore(pool: pool, settings: settings).views(for: partner))
    }

    /// The sites' units, for reading a programme's amounts.
    public func units() async throws -> [SiteID: String] {
        var units: [SiteID: String] = [:]
        for row in try await pool.query("SELECT id, unit FROM site") {
            units[try row.decode("id")] = try row.decode("unit")
        }
        return units
    }
}
