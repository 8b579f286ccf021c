import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin grant`.
struct AdminGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Add units to a budget; an overrun is paid first.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The budget.") var budget: String
    @Argument(help: "The amount with its unit, such as \"1200 core-hours\".") var amount: String
    @Option(help: "Why; it stands in the ledger.") var reason: String

    func run() async throws {
        try await connection.change(
            "/v1/grants", GrantRequest(budget: BudgetID(budget), amount: amount, reason: reason),
            saying: "\(budget): \(amount) granted")
    }
}
