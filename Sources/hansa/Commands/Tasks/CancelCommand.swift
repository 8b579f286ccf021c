import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa cancel`: ends tasks and campaigns.
struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancel tasks or whole campaigns.",
        discussion: """
            What waits never starts. What runs is ended by its site; while a site is unreachable the cancellation waits \
            for it, and the budget stays held until the site has spoken.
            """)

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "Tasks, or campaigns by id or name.") var names: [String]

    func run() async throws {
        try await connection.withClient { client in
            for name in names {
                let path = TaskID(name) == nil ? "campaigns" : "tasks"
                let answer: JSONValue = try await client.post(
                    "/v1/\(path)/\(PathPart.encoded(name))/cancel", [String: String](), retry: .idempotent)
                if connection.json {
                    try JSONOutput.show(answer)
                } else {
                    print("\(name): cancellation asked for")
                }
            }
        }
    }
}
