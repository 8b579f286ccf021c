import ArgumentParser

/// `hansa wait`: follows campaigns until all their tasks have ended.
struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Follow campaigns until all their tasks have ended; exit 1 if any ended badly.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "Campaigns by id or name.") var campaigns: [String]
    @Option(help: "Give up after so many seconds (exit 75).") var timeout: Int64?

    func run() async throws {
        try await connection.withClient { client in
            let progress = Progress(client: client, campaigns: campaigns, timeoutSeconds: timeout)
            guard try await progress.follow(json: connection.json) else { throw ExitStatusReached() }
        }
    }
}
