import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin transfer`.
struct AdminTransferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", abstract: "Move units between two budgets of one allocation.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The amount with its unit, such as \"1200 core-hours\".") var amount: String
    @Option(help: "The budget it leaves.") var from: String
    @Option(help: "The budget it goes to.") var to: String
    @Option(help: "Why; it stands in the ledger.") var reason: String

    func run() async throws {
        let request = TransferRequest(from: BudgetID(from), to: BudgetID(to), amount: amount, reason: reason)
        try await connection.change(
            "/v1/transfers", request, saying: "\(amount) moved from \(from) to \(to)")
    }
}
