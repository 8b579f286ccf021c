import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin decide`.
struct AdminDecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Record a manager's decision where the eligibility rows say ask.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The partner.") var partner: String
    @Option(help: "What for (participate, receiveFunds, hostData, holdData, compute).") var what = "compute"
    @Option(help: "allow or deny.") var verdict: String
    @Option(help: "Why; it is recorded.") var reason: String

    func run() async throws {
        let request = DecisionRequest(
            partner: PartnerID(partner), what: what, verdict: verdict, reason: reason)
        try await connection.change(
            "/v1/decisions", request, saying: "\(partner), \(what): \(verdict) recorded")
    }
}
