import Coordination
import Federation
import Hummingbird

/// The programme: what was granted and used, by site, work package, partner and language, and where it leads.
struct ProgrammePage {
    let programme: ProgrammeView
    let sites: [SiteView]
    let burnDowns: [BurnDown]
    let usage: [(title: String, head: String, dimension: String, rows: [UsageView])]
    let now: Instant

    /// Reads everything that the page shows.
    static func read(_ coordinator: Coordinator, by member: Principal, now: Instant) async throws
        -> ProgrammePage
    {
        let programme: ProgrammeView
        do {
            programme = try await coordinator.programme(by: member)
        } catch let error as CoordinationError where error.code == .notFound {
            // A new book: the page says so instead of failing.
            programme = ProgrammeView(
                id: "none", name: "No programme yet", grant: nil, from: .distantPast, until: .distantFuture,
                partners: [], workPackages: [:], budgets: [])
        }
        let sites = try await coordinator.sites(by: member)
        let steps = Dictionary(grouping: try await coordinator.burnDown(by: member), by: \.site)
        let burnDowns = sites.map { site in
            BurnDown(
                site: site.id, unit: site.unit, steps: steps[site.id] ?? [], now: now,
                periodEnd: programme.budgets.filter { $0.site == site.id }.map(\.until).max())
        }
        let tables = [
            ("By work package", "Work package", "workPackage"), ("By partner", "Partner", "partner"),
            ("By language", "Language", "language"), ("By activity", "Activity", "activity"),
        ]
        var usage: [(title: String, head: String, dimension: String, rows: [UsageView])] = []
        for (title, head, dimension) in tables {
            let rows = try await coordinator.usage(
                dimensions: [dimension, "site"], from: .distantPast, until: .distantFuture, by: member)
            usage.append((title, head, dimension, rows))
        }
        return ProgrammePage(programme: programme, sites: sites, burnDowns: burnDowns, usage: usage, now: now)
    }

    func html() -> HTML {
        Markup.buildBlock(
            head(), budgetsBySite(), burnDown(), budgets(),
            Markup.buildArray(
                usage.map { usageTable($0.title, head: $0.head, dimension: $0.dimension, rows: $0.rows) }),
            partners())
    }

    private func head() -> HTML {
        let attempts = sites.flatMap(\.attempts)
        let started = attempts.filter { $0.key == AttemptState.started.rawValue }.reduce(0) { $0 + $1.value }
        return tag("div") {
            tag("h1", programme.name)
            tag("p", ["class": "lead"]) {
                if let grant = programme.grant { "Grant \(grant) · " }
                if programme.until < .distantFuture {
                    "\(PageText.day(programme.from)) to \(PageText.day(programme.until))"
                } else {
                    "A manager applies one with hansa admin programme apply."
                }
            }
            PageParts.figures([
                ("Partners", String(programme.partners.count), ""), ("Sites", String(sites.count), ""),
                ("Tasks completed", PageText.count(Int64(sites.reduce(0) { $0 + $1.completed })), ""),
                ("Running now", PageText.count(Int64(started)), "attempts"),
                ("Agents connected", agentsConnected, ""),
            ])
        }
    }

    private var agentsConnected: String {
        let agents = sites.flatMap(\.agents)
        return "\(agents.filter { $0.state == "connected" }.count) of \(agents.count)"
    }

    private func budgetsBySite() -> HTML {
        PageParts.section("Budget by site", note: "Each site in its own unit; sums never cross units.") {
            PageParts.table(
                "Budget by site",
                heads: [
                    "Site", "Unit", ">Granted", ">Spent", ">Held", ">Available", ">Expired", ">Overrun",
                    ">Used", "Share",
                ]
            ) {
                for site in sites {
                    tag("tr") {
                        PageParts.head { PageParts.link(["sites", site.id.rawValue], site.name) }
                        PageParts.cell(site.unit)
                        PageParts.balance(site.balance)
                        PageParts.number(PageText.percent(site.balance.spent, of: site.balance.granted))
                        tag("td", ["class": "bar"]) { BalanceBar.html(site.balance, unit: site.unit) }
                    }
                }
                if sites.isEmpty { PageParts.emptyRow(10, "No site was applied yet.") }
            }
        }
    }

    private func burnDown() -> HTML {
        PageParts.section(
            "Burn-down",
            note: "What is left of each site's grant, and where it leads at the pace since the first charge."
        ) {
            tag("div", ["class": "plots"]) { burnDowns.map { $0.figure() } }
            if burnDowns.isEmpty { tag("p", "Nothing to show yet.") }
        }
    }

    private func budgets() -> HTML {
        PageParts.section("Budgets by partner and work package") {
            PageParts.table(
                "Budgets",
                heads: [
                    "Budget", "Partner", "Work package", "Site", "Unit", ">Granted", ">Spent", ">Held",
                    ">Available", ">Expired", ">Overrun", "Until",
                ]
            ) {
                for budget in programme.budgets {
                    tag("tr") {
                        PageParts.head { budget.id.rawValue }
                        PageParts.cell(budget.partner?.rawValue ?? "all")
                        PageParts.cell(budget.workPackage?.rawValue ?? "all")
                        PageParts.cell(budget.site.rawValue)
                        PageParts.cell(budget.unit)
                        PageParts.balance(budget.balance)
                        PageParts.cell(PageText.day(budget.until))
                    }
                }
                if programme.budgets.isEmpty { PageParts.emptyRow(12, "No budget was granted yet.") }
            }
        }
    }

    private func usageTable(_ title: String, head: String, dimension: String, rows: [UsageView]) -> HTML {
        PageParts.section(title) {
            PageParts.table(
                "\(title): charges of settled work",
                heads: [
                    head, "Site", ">Charged", "Unit", ">Core-hours", ">Node-hours", ">Device-hours",
                    ">Attempts",
                ]
            ) {
                for row in rows.sorted(by: {
                    ($0.by[dimension] ?? "", $0.by["site"] ?? "") < (
                        $1.by[dimension] ?? "", $1.by["site"] ?? ""
                    )
                }) {
                    tag("tr") {
                        PageParts.head { name(row.by[dimension] ?? "", of: dimension) }
                        PageParts.cell(row.by["site"] ?? "–")
                        PageParts.number(PageText.units(row.charged))
                        PageParts.cell(row.unit)
                        PageParts.number(hours(row.coreSeconds))
                        PageParts.number(hours(row.nodeSeconds))
                        PageParts.number(hours(row.deviceSeconds))
                        PageParts.number(PageText.count(Int64(row.attempts)))
                    }
                }
                if rows.isEmpty { PageParts.emptyRow(8, "Nothing was charged yet.") }
            }
        }
    }

    private func name(_ value: String, of dimension: String) -> String {
        guard !value.isEmpty else { return "none" }
        guard dimension == "workPackage", let title = programme.workPackages[value] else { return value }
        return "\(value) \(title)"
    }

    private func hours(_ seconds: Int64) -> String { PageText.decimal(Double(seconds) / 3600, digits: 3) }

    private func partners() -> HTML {
        PageParts.section(
            "Partners",
            note:
                "Whether a partner may spend compute follows from dated rows with a source, or a manager's decision."
        ) {
            PageParts.table(
                "Partners and their eligibility", heads: ["Partner", "Country", "Name", "Compute", "Because"]
            ) {
                for partner in programme.partners {
                    tag("tr") {
                        PageParts.head { partner.id.rawValue }
                        PageParts.cell(partner.country)
                        PageParts.cell(partner.name)
                        tag("td") { PageParts.verdict(partner.compute) }
                        PageParts.cell(partner.reason)
                    }
                }
                if programme.partners.isEmpty { PageParts.emptyRow(5, "No partner was applied yet.") }
            }
        }
    }
}
