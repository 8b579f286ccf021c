import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin link`: a login link for the pages.
struct AdminLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Make a one-time login link for the pages, for yourself or a member.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The member (default: yourself).") var member: String?

    func run() async throws {
        try await connection.withClient { client in
            let answer: LoginLinkAnswer = try await client.post(
                "/v1/login-links", LoginLinkRequest(member: member.map { MemberID($0) }))
            if connection.json { try JSONOutput.show(answer) } else { print(answer.url) }
        }
    }
}
