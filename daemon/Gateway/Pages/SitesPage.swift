import Federation

/// The list of sites.
struct SitesPage {
    let sites: [SiteView]

    func html() -> HTML {
        tag("div") {
            tag("h1", "Sites")
            tag("p", ["class": "lead"], "Where the programme holds compute, and who acts there.")
            PageParts.table(
                "Sites",
                heads: [
                    "Site", "Country", "Agents", ">Live attempts", ">Tasks completed", "Unit", ">Granted",
                    ">Spent", ">Held", ">Available",
                ]
            ) {
                for site in sites {
                    tag("tr") {
                        PageParts.head { PageParts.link(["sites", site.id.rawValue], site.name) }
                        PageParts.cell(site.country)
                        tag("td") {
                            for agent in site.agents {
                                SitePage.badge(agent)
                                " "
                            }
                            if site.agents.isEmpty { "none" }
                        }
                        PageParts.number(PageText.count(Int64(site.attempts.values.reduce(0, +))))
                        PageParts.number(PageText.count(Int64(site.completed)))
                        PageParts.cell(site.unit)
                        for amount in [
                            site.balance.granted, site.balance.spent, site.balance.held,
                            site.balance.available,
                        ] { PageParts.number(PageText.units(amount)) }
                    }
                }
                if sites.isEmpty { PageParts.emptyRow(10, "No site was applied yet.") }
            }
        }
    }
}
