import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin token`: an API token, shown once, or its end.
struct AdminTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make an API token for a member, or end one.",
        subcommands: [Make.self, Revoke.self], defaultSubcommand: Make.self)

    /// Makes a token.
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make",
            abstract: "Make an API token for a member; it is shown once and stored hashed.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The member.") var member: String
        @Option(help: "What it is for.") var label = "command line"
        @Option(help: "Days until it ends.") var days: Int64 = 365

        func validate() throws {
            guard (1...36_500).contains(days) else { throw ValidationError("--days is from 1 to 36500") }
        }

        func run() async throws {
            let request = TokenRequest(
                member: MemberID(member), label: label, expires: Figures.now.adding(seconds: days * 86_400))
            try await connection.withClient { client in
                let answer: TokenAnswer = try await client.post("/v1/tokens", request)
                if connection.json { try JSONOutput.show(answer) } else { print(answer.token) }
            }
        }
    }

    /// Ends a token.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End an API token from its next request on.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The token's handle: hansa_ and the eight characters after it.") var handle: String

        func run() async throws {
            try await connection.withClient { client in
                let answer: ChangesAnswer = try await client.delete(
                    "/v1/tokens/\(PathPart.encoded(handle))", retry: .idempotent)
                if connection.json { try JSONOutput.show(answer) } else { print("\(handle): ended") }
            }
        }
    }
}
