import Federation

/// One site: its agents, what they can take, its tariffs with their source, and its figures.
struct SitePage {
    let site: SiteView
    let burnDown: BurnDown
    /// What somebody should look at, as far as the reader may see it.
    let alarms: [AlarmView]

    func html() -> HTML {
        tag("div") {
            tag("h1", site.name)
            tag("p", ["class": "lead"]) {
                "\(site.id) · \(site.country) · charges in \(site.unit)"
                if let retired = site.retired {
                    " · "
                    PageParts.badge("closed since \(PageText.day(retired))", .warn)
                }
            }
            closed()
            PageParts.figures([
                ("Granted", PageText.units(site.balance.granted), site.unit),
                ("Spent", PageText.units(site.balance.spent), site.unit),
                ("Held", PageText.units(site.balance.held), site.unit),
                ("Available", PageText.units(site.balance.available), site.unit),
                ("Tasks completed", PageText.count(Int64(site.completed)), ""),
            ])
            if !alarms.isEmpty { PageParts.section("Alarms") { alarmTable() } }
            PageParts.section("Burn-down") { burnDown.figure() }
            PageParts.section("Agents") { agents() }
            PageParts.section("Attempts that are not settled") { attempts() }
            PageParts.section(
                "Tariffs", note: "What turns usage into \(site.unit): dated rows with their source."
            ) {
                tariffs()
            }
        }
    }

    /// An agent's state as a word with a colour.
    static func badge(_ agent: SiteView.AgentView) -> HTML {
        let tone: PageParts.Tone =
            switch agent.state {
            case "connected": .good
            case "unreachable": .bad
            case "drained", "quarantined": .warn
            default: .calm
            }
        return PageParts.badge("\(agent.id): \(agent.state)", tone)
    }

    private func alarmTable() -> HTML {
        PageParts.table("Open alarms", heads: ["Last", "Alarm", ">Times", "Since", "What"]) {
            for alarm in alarms {
                tag("tr") {
                    tag("td") { PageParts.time(alarm.last) }
                    PageParts.head { alarm.name }
                    PageParts.number(PageText.count(alarm.count))
                    tag("td") { PageParts.time(alarm.first) }
                    PageParts.cell(alarm.text)
                }
            }
        }
    }

    private func agents() -> HTML {
        PageParts.table(
            "Agents",
            heads: ["Agent", "State", "Last heard", "Mode", "Program", "Certificate until", "Takes"]
        ) {
            for agent in site.agents {
                tag("tr") {
                    PageParts.head { agent.id.rawValue }
                    tag("td") { SitePage.badge(agent) }
                    tag("td") { PageParts.time(agent.seen) }
                    PageParts.cell(agent.mode?.rawValue ?? "–")
                    PageParts.cell(agent.program ?? "–")
                    PageParts.cell(agent.certificateUntil.map { PageText.day($0) } ?? "–")
                    PageParts.cell(agent.capacity.map(capacity).joined(separator: "; "))
                }
            }
            if site.agents.isEmpty { PageParts.emptyRow(7, "No agent was enrolled yet.") }
        }
    }

    /// What people should see before anything else: an agent of the site takes nothing now.
    private func closed() -> HTML {
        let closed = site.agents.filter { $0.closedBecause != nil }
        return tag("div") {
            for agent in closed {
                tag("p", ["role": "alert"]) {
                    PageParts.badge("\(agent.id) takes nothing now", .bad)
                    " \(agent.closedBecause ?? "")"
                }
            }
        }
    }

    private func capacity(_ capacity: PartitionCapacity) -> String {
        var text = "\(capacity.partition): \(capacity.freeJobs) more jobs"
        if let cores = capacity.freeCores { text += ", \(cores) cores free" }
        if let remark = capacity.remark { text += " (\(remark))" }
        return text
    }

    private func attempts() -> HTML {
        PageParts.table("Attempts by state", heads: ["State", ">Attempts"]) {
            for (state, count) in site.attempts.sorted(by: { $0.key < $1.key }) {
                tag("tr") {
                    PageParts.head { state }
                    PageParts.number(PageText.count(Int64(count)))
                }
            }
            if site.attempts.isEmpty { PageParts.emptyRow(2, "All attempts are settled.") }
        }
    }

    private func tariffs() -> HTML {
        PageParts.table(
            "Tariffs", heads: ["Partition", "From", "Until", ">Factor", "Largest of", "Source", "Checked"]
        ) {
            for tariff in site.tariffs {
                tag("tr") {
                    PageParts.head { tariff.partition.rawValue }
                    PageParts.cell(PageText.day(tariff.from))
                    PageParts.cell(tariff.until.map { PageText.day($0) } ?? "open")
                    PageParts.number(PageText.decimal(Double(tariff.factorThousandths) / 1000, digits: 3))
                    PageParts.cell(tariff.terms.map(term).joined(separator: "; "))
                    PageParts.cell(tariff.source)
                    tag("td") {
                        tariff.verified
                            ? PageParts.badge("checked", .good) : PageParts.badge("not yet", .warn)
                    }
                }
            }
            if site.tariffs.isEmpty { PageParts.emptyRow(7, "No tariff: nothing can be charged here.") }
        }
    }

    private func term(_ term: TariffTerm) -> String {
        var text = term.measure.rawValue
        if term.per != 1 { text += " ÷ \(term.per)" }
        if term.roundedUp { text += ", rounded up" }
        if term.weightThousandths != 1000 {
            text += " × \(PageText.decimal(Double(term.weightThousandths) / 1000, digits: 3))"
        }
        if term.minimumThousandths > 0 {
            text += ", at least \(PageText.decimal(Double(term.minimumThousandths) / 1000, digits: 3))"
        }
        return text
    }
}
