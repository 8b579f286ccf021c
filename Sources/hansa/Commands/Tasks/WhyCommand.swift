import APIClient
import ArgumentParser
import Federation

/// `hansa why`: why a task is where it is.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say site by site why a task goes there, or does not.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The task.") var task: String

    func run() async throws {
        guard let id = TaskID(task) else {
            throw CommandError(
                .usage, "\"\(task)\" names no task; tasks look like k3f9x2-17 (see hansa queue)")
        }
        try await connection.withClient { client in
            let placement: Placement = try await client.get("/v1/tasks/\(id)/why", retry: .idempotent)
            if connection.json { return try JSONOutput.show(placement) }
            PlacementTable.show(placement)
        }
    }
}
