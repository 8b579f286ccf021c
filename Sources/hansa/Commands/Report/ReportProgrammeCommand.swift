import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa report programme`.
struct ReportProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "The programme's partners with their standing, and its budgets.")

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        try await connection.withClient { client in
            let view: ProgrammeView = try await client.get("/v1/programme", retry: .idempotent)
            if connection.json { return try JSONOutput.show(view) }
            let grant = view.grant.map { ", grant \($0)" } ?? ""
            print(
                "\(view.name)\(grant), \(Figures.moment(view.from).prefix(10)) to \(Figures.moment(view.until).prefix(10))\n"
            )
            var partners = Table("PARTNER", "COUNTRY", "NAME", "COMPUTE", "BECAUSE")
            for partner in view.partners {
                partners.add(
                    partner.id.rawValue, partner.country, partner.name, partner.compute, partner.reason)
            }
            partners.show()
            print("")
            var budgets = Table(
                "BUDGET", "SITE", ">GRANTED", ">OVERRUN", ">AVAILABLE", ">HELD", ">SPENT", ">EXPIRED", "UNIT")
            for budget in view.budgets {
                budgets.add(
                    [budget.id.rawValue, budget.site.rawValue] + BudgetCommand.figures(budget.balance) + [
                        budget.unit
                    ])
            }
            budgets.show()
        }
    }
}
