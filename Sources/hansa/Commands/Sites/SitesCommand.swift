import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa sites`: where work can run.
struct SitesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sites",
        abstract: "List the sites with their agents, load and budgets; with a name, one of them.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "One site.") var site: String?

    func run() async throws {
        try await connection.withClient { client in
            if let site {
                let view: SiteView = try await client.get(
                    "/v1/sites/\(PathPart.encoded(site))", retry: .idempotent)
                if connection.json { return try JSONOutput.show(view) }
                return Self.show(view)
            }
            let views = try await Pages(client).all("/v1/sites", of: SiteView.self).items
            if connection.json { return try JSONOutput.show(views) }
            var table = Table(
                "SITE", "COUNTRY", "AGENTS", ">UNSETTLED", ">COMPLETED", ">AVAILABLE", ">HELD", ">SPENT",
                "UNIT")
            for view in views {
                let agents = view.agents.map { agent in
                    let closed = agent.closedBecause.map { " (takes nothing: \(Table.printable($0)))" } ?? ""
                    return "\(agent.id) \(agent.state)\(closed)"
                }.joined(separator: ", ")
                table.add(
                    view.id.rawValue, view.country,
                    view.retired != nil ? "closed" : agents.isEmpty ? "none enrolled" : agents,
                    String(view.attempts.values.reduce(0, +)), String(view.completed),
                    Figures.units(view.balance.available), Figures.units(view.balance.held),
                    Figures.units(view.balance.spent), view.unit)
            }
            table.show()
        }
    }

    private static func show(_ view: SiteView) {
        print("\(view.name) (\(view.id), \(view.country)), books in \(view.unit)")
        if let retired = view.retired { print("  closed since \(Figures.moment(retired))") }
        for agent in view.agents {
            print("  agent \(agent.id): \(agent.state), last seen \(Figures.moment(agent.seen))")
            for capacity in agent.capacity {
                let cores = capacity.freeCores.map { ", \($0) cores free" } ?? ""
                let remark = capacity.remark.map { " – " + Table.printable($0) } ?? ""
                print("    \(capacity.partition): room for \(capacity.freeJobs) jobs\(cores)\(remark)")
            }
        }
        print("\nTARIFFS")
        var table = Table("PARTITION", "FROM", "FACTOR", "LARGEST OF", "VERIFIED", "SOURCE")
        for tariff in view.tariffs {
            table.add(
                tariff.partition.rawValue, Figures.moment(tariff.from),
                Figures.decimal(Double(tariff.factorThousandths) / 1000, digits: 3),
                tariff.terms.map(words).joined(separator: ", "), tariff.verified ? "yes" : "no", tariff.source
            )
        }
        table.show()
    }

    private static func words(for term: TariffTerm) -> String {
        var text = term.per == 1 ? term.measure.rawValue : "\(term.measure.rawValue) ÷ \(term.per)"
        if term.roundedUp { text = "⌈\(text)⌉" }
        if term.weightThousandths != 1000 {
            text += " × " + Figures.decimal(Double(term.weightThousandths) / 1000, digits: 3)
        }
        if term.minimumThousandths > 0 {
            text += " (at least \(Figures.decimal(Double(term.minimumThousandths) / 1000, digits: 1)))"
        }
        return text
    }
}
