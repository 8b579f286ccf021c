import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin token`: an API token, shown once.
struct AdminTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make an API token for a member; it is shown once and stored hashed.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The member.") var member: String
    @Option(help: "What it is for.") var label = "command line"
    @Option(help: "Days until it ends.") var days: Int64 = 365

    func run() async throws {
        let request = TokenRequest(
            member: MemberID(member), label: label, expires: Figures.now.adding(seconds: days * 86_400))
        try await connection.withClient { client in
            let answer: TokenAnswer = try await client.post("/v1/tokens", request)
            if connection.json { try JSONOutput.show(answer) } else { print(answer.token) }
        }
    }
}
