import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa budget`: what may be spent, where.
struct BudgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget",
        abstract:
            "List the budgets: granted + overrun = available + held + spent + expired, each in its site's unit."
    )

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Only budgets at this site.") var site: String?

    func run() async throws {
        try await connection.withClient { client in
            var views = try await Pages(client).all("/v1/budgets", of: BudgetView.self).items
            if let site { views = views.filter { $0.site.rawValue == site } }
            if connection.json { return try JSONOutput.show(views) }
            guard !views.isEmpty else { return print("no budgets") }
            var table = Table(
                "BUDGET", "SITE", "PARTNER", "WORK PACKAGE", ">GRANTED", ">OVERRUN", ">AVAILABLE", ">HELD",
                ">SPENT",
                ">EXPIRED", "UNIT", "UNTIL")
            for view in views {
                table.add(
                    [
                        view.id.rawValue, view.site.rawValue, view.partner?.rawValue ?? "all",
                        view.workPackage?.rawValue ?? "all",
                    ]
                        + Self.figures(view.balance)
                        + [view.unit, String(Figures.moment(view.until).prefix(10))])
            }
            table.show()
        }
    }

    /// The six figures in the order of the equation.
    static func figures(_ balance: BalanceView) -> [String] {
        [balance.granted, balance.overrun, balance.available, balance.held, balance.spent, balance.expired]
            .map(Figures.units)
    }
}
