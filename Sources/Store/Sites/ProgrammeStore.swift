public import Federation
public import Postgres

/// The programme's document and what follows from it.
public struct ProgrammeStore: Sendable {
    let pool: Pool

    /// The programme in that database.
    public init(pool: Pool) { self.pool = pool }

    /// The document that was applied last.
    public func document() async throws -> ProgrammeDocument? {
        try await pool.withConnection { try await Self.document($0) }
    }

    /// Puts a document into the book, everything or nothing; answers what changed, in words. Grants are booked as the
    /// difference to the document before, so that putting it in twice changes nothing.
    public func apply(_ document: ProgrammeDocument, by member: MemberID, now: Instant) async throws
        -> [String]
    {
        try await pool.transaction { connection in
            // One at a time: the plan is a difference.
            _ = try await connection.query("SELECT pg_advisory_xact_lock(\(Self.lock))")
            let plan = document.plan(after: try await Self.document(connection))
            guard !plan.words.isEmpty || !plan.grants.isEmpty else { return [] }
            try await Self.refuseUnknownSites(document, connection)
            let statements =
                try people(document, plan, by: member, now: now) + rules(document, now: now) + money(document)
            _ = try await connection.pipeline(statements)
            try await book(document, plan, by: member, connection, now: now)
            return plan.words
        }
    }

    /// Everything that eligibility is read from: rows, decisions of the document and of managers, countries.
    public func eligibility() async throws -> Eligibility {
        try await pool.withConnection { connection in
            let answers = try await connection.pipeline([
                "SELECT document FROM eligibility ORDER BY place",
                "SELECT partner, subject, verdict, reason, decided_by, decided_at FROM decision ORDER BY id",
                "SELECT id, country FROM partner",
            ])
            var countries: [PartnerID: String] = [:]
            for row in answers[2] { countries[try row.decode("id")] = try row.decode("country") }
            return Eligibility(
                rows: try answers[0].map { try $0.json("document") },
                decisions: try answers[1].compactMap { try EligibilityDecision(row: $0) },
                countries: countries)
        }
    }

    /// Records what a manager decided.
    public func decide(_ decision: EligibilityDecision) async throws {
        try await pool.withConnection { connection in
            let count = try await connection.execute(Self.insertion(decision))
            guard count == 1 else { throw StoreFault.notFound("partner \(decision.partner)") }
        }
    }

    private static let lock: Int64 = 0x68_61_6E_73_61_02

    private static func document(_ connection: Connection) async throws -> ProgrammeDocument? {
        try await connection.query("SELECT document FROM programme").first.map { try $0.json("document") }
    }

    private static func refuseUnknownSites(_ document: ProgrammeDocument, _ connection: Connection)
        async throws
    {
        let named = Set(document.allocations.map(\.site)).sorted()
        let rows = try await connection.query(
            "SELECT s FROM unnest(\(named)) s WHERE s NOT IN (SELECT id FROM site) ORDER BY s")
        guard let row = rows.first else { return }
        let site: SiteID = try row.decode("s")
        throw StoreFault.unresolved(
            "an allocation is at the site \(site), which the book does not have: "
                + "apply the site's document first (hansa admin site apply)")
    }

    private func people(
        _ document: ProgrammeDocument, _ plan: ProgrammePlan, by member: MemberID, now: Instant
    ) throws -> [SQL] {
        var statements: [SQL] = [
            "DELETE FROM programme WHERE id <> \(document.id)",
            """
            INSERT INTO programme (id, name, grant_number, starts, ends, document, applied_at, applied_by)
            VALUES (\(document.id), \(document.name), \(document.grant), \(document.from), \(document.until),
                \(json: try StoredJSON.text(document)), \(now), \(member))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, grant_number = excluded.grant_number,
                starts = excluded.starts, ends = excluded.ends, document = excluded.document,
                applied_at = excluded.applied_at, applied_by = excluded.applied_by
            """,
        ]
        for partner in document.partners {
            statements.append(
                """
                INSERT INTO partner (id, name, country) VALUES (\(partner.id), \(partner.name), \(partner.country))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, country = excluded.country
                """)
        }
        for package in document.workPackages {
            statements.append(
                """
                INSERT INTO work_package (id, title) VALUES (\(package.id), \(package.title))
                ON CONFLICT (id) DO UPDATE SET title = excluded.title
                """)
        }
        for one in document.members { statements += MemberStore.insertions(of: one, now: now) }
        if !plan.droppedMembers.isEmpty {
            statements.append("UPDATE member SET active = false WHERE id = ANY(\(plan.droppedMembers))")
        }
        return statements
    }

    private func rules(_ document: ProgrammeDocument, now: Instant) throws -> [SQL] {
        var statements: [SQL] = ["DELETE FROM eligibility", "DELETE FROM activity"]
        for (place, row) in document.eligibility.enumerated() {
            statements.append(
                """
                INSERT INTO eligibility (place, document)
                VALUES (\(Int32(clamping: place)), \(json: try StoredJSON.text(row)))
                """)
        }
        for activity in document.activities.sorted(by: { $0.from < $1.from }) {
            statements.append(
                """
                INSERT INTO activity (id, from_at, counts_towards_training, document)
                VALUES (\(activity.id), \(activity.from), \(activity.countsTowardsTrainingCompute),
                    \(json: try StoredJSON.text(activity)))
                """)
        }
        for decision in document.decisions { statements.append(Self.insertion(decision)) }
        return statements
    }

    /// The same decision is kept once.
    private static func insertion(_ decision: EligibilityDecision) -> SQL {
        """
        INSERT INTO decision (partner, subject, verdict, reason, decided_by, decided_at)
        SELECT id, \(decision.matter.rawValue), \(decision.verdict.rawValue), \(decision.reason), \(decision.by),
            \(decision.at)
        FROM partner WHERE id = \(decision.partner)
        ON CONFLICT (partner, subject, decided_at, verdict) DO NOTHING
        """
    }

    private func money(_ document: ProgrammeDocument) throws -> [SQL] {
        var statements: [SQL] = []
        for allocation in document.allocations {
            statements.append(
                """
                INSERT INTO allocation (id, site, account, granted, starts, ends, document)
                VALUES (\(allocation.id), \(allocation.site), \(allocation.account), \(allocation.amount),
                    \(allocation.from), \(allocation.until), \(json: try StoredJSON.text(allocation)))
                ON CONFLICT (id) DO UPDATE SET site = excluded.site, account = excluded.account,
                    granted = excluded.granted, starts = excluded.starts, ends = excluded.ends,
                    document = excluded.document
                """)
        }
        // In the order of their ids, as everywhere: these rows are locked until the commit.
        for budget in document.budgets.sorted(by: { $0.id < $1.id }) {
            statements.append(
                """
                INSERT INTO budget (id, allocation, partner, work_package)
                VALUES (\(budget.id), \(budget.allocation), \(budget.partner), \(budget.workPackage))
                ON CONFLICT (id) DO UPDATE SET partner = excluded.partner, work_package = excluded.work_package
                """)
        }
        return statements
    }

    /// Books the grants; less than before is given back as far as it is still available.
    private func book(
        _ document: ProgrammeDocument, _ plan: ProgrammePlan, by member: MemberID, _ connection: Connection,
        now: Instant
    ) async throws {
        let dropped = Set(plan.droppedBudgets)
        let budgets = Set(plan.grants.map(\.budget)).union(dropped)
        guard !budgets.isEmpty else { return }
        try await BookStore.change(connection, budgets, now: now) { book, sites in
            var changes = plan.grants.map { (budget: $0.budget, change: $0.change) }
            for budget in plan.droppedBudgets {
                changes.append((budget, -(book.budgets[budget]?.available ?? .zero)))
            }
            for (budget, change) in changes where change != .zero {
                guard let site = sites[budget], let account = book.budgets[budget] else { continue }
                var booked = change
                if change > .zero {
                    try book.budgets[budget]?.grant(change)
                } else {
                    booked = -min(-change, account.available)
                    guard booked != .zero else { continue }
                    try book.budgets[budget]?.transferOut(-booked)
                }
                book.effects.append(
                    .entry(
                        LedgerEntry(
                            kind: .grant, budget: budget, site: site, amount: booked, effective: now,
                            reason: dropped.contains(budget)
                                ? "no longer in the programme's document" : "the programme's document",
                            by: member)))
            }
        }
        try await BudgetStore.checkAllocations(connection, of: budgets)
    }
}

extension EligibilityDecision {
    /// Reads a row of `decision`; one on a matter that this version does not know is passed over.
    init?(row: Row) throws {
        guard let matter = EligibilityMatter(rawValue: try row.decode("subject")),
            let verdict = EligibilityVerdict(rawValue: try row.decode("verdict"))
        else { return nil }
        self.init(
            partner: try row.decode("partner"), matter: matter, verdict: verdict,
            reason: try row.decode("reason"),
            by: try row.decode("decided_by"), at: try row.decode("decided_at"))
    }
}
