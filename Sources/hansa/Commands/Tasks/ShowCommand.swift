import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa show`: one task or campaign with everything that is known.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a task with its attempts, usage and outputs, or a campaign with its counts.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "A task (its id ends in -0, -1, …) or a campaign (its id or name).") var name: String

    func run() async throws {
        try await connection.withClient { client in
            guard let id = TaskID(name) else { return try await showCampaign(client) }
            do {
                let detail: TaskDetailView = try await client.get("/v1/tasks/\(id)", retry: .idempotent)
                if connection.json { return try JSONOutput.show(detail) }
                TaskSheet.show(detail)
            } catch let error as ClientError where error.status == 404 {
                try await showCampaign(client)
            }
        }
    }

    private func showCampaign(_ client: CoordinatorClient) async throws {
        let campaign: CampaignView = try await client.get(
            "/v1/campaigns/\(PathPart.encoded(name))", retry: .idempotent)
        if connection.json { return try JSONOutput.show(campaign) }
        print("campaign   \(campaign.name)  (\(campaign.id))")
        print(
            "submitted  \(Figures.moment(campaign.submittedAt)) by \(campaign.member) of \(campaign.partner)")
        if let ended = campaign.endedAt { print("ended      \(Figures.moment(ended))") }
        let counts = TaskState.allCases.compactMap { state -> String? in
            campaign.count(state) == 0 ? nil : "\(campaign.count(state)) \(state.rawValue)"
        }
        print("tasks      \(counts.joined(separator: ", "))")
        if campaign.links > 0 { print("chains     \(campaign.links) links") }
    }
}
