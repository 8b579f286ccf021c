import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa queue`: what waits and what runs.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "List tasks: by default those that have not ended.")

    @OptionGroup var connection: ConnectionOptions
    @Option(help: "Only tasks of this campaign (its id or name).") var campaign: String?
    @Option(
        help:
            "Only tasks in this state (waiting, ready, running, completed, failed, cancelled, dependencyFailed)."
    )
    var state: TaskState?
    @Option(help: "Only tasks of this partner.") var partner: String?
    @Option(help: "Only tasks of this kind (training, evaluation, data).") var kind: TaskKind?
    @Option(help: "Only tasks at this site.") var site: String?
    @Option(help: "Only tasks that concern this language.") var language: String?
    @Flag(name: .shortAndLong, help: "Ended tasks as well.") var all = false
    @Option(help: "At most so many tasks.") var limit = 100

    func validate() throws {
        guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000000") }
    }

    func run() async throws {
        try await connection.withClient { client in
            var query = TaskQuery.query(
                campaign: campaign, state: state, partner: partner, kind: kind, site: site, language: language
            )
            if !all, state == nil { query.append(("live", "true")) }
            let found = try await Pages(client).all(
                "/v1/tasks", query: query, limit: limit, of: TaskView.self)
            if connection.json { return try JSONOutput.show(found.items) }
            TaskTable.show(found.items)
            if found.isCut { print("… more: raise --limit above \(limit)") }
        }
    }
}
