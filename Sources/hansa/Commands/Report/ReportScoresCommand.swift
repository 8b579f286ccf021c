import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa report scores`.
struct ReportScoresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scores",
        abstract: "The scores of a campaign's evaluations, language by language, in bits per byte.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The campaign, by id or name.") var campaign: String

    func run() async throws {
        try await connection.withClient { client in
            let tasks = try await Pages(client).all(
                "/v1/tasks", query: [("campaign", campaign)], of: TaskView.self)
            let scores = CampaignScores(tasks: tasks.items)
            if connection.json { return try JSONOutput.show(scores.rows) }
            scores.rows.isEmpty ? print("no scores yet") : CampaignScores.table(of: scores.rows).show()
        }
    }
}
