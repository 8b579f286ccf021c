import APIClient
import ArgumentParser
import Federation
import FoundationEssentials
import Seal
import Wire

/// `hansa results`: a campaign's artifacts, listed or fetched.
struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract:
            "List a campaign's artifacts, or fetch one into a folder, every byte verified by its SHA-256.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The campaign, by id or name.") var campaign: String
    @Argument(help: "The artifact to fetch.") var artifact: String?
    @Option(name: .shortAndLong, help: "The folder to put it into (default: the artifact's name).")
    var output: String?

    func run() async throws {
        try await connection.withClient { client in
            let artifacts = try await Pages(client).all(
                "/v1/campaigns/\(PathPart.encoded(campaign))/artifacts", of: ArtifactView.self
            ).items
            guard let artifact else {
                if connection.json { return try JSONOutput.show(artifacts) }
                return artifacts.isEmpty ? print("no artifacts yet") : ArtifactTable.show(artifacts)
            }
            guard let view = artifacts.first(where: { $0.name == artifact }) else {
                let names = artifacts.map(\.name).sorted().joined(separator: ", ")
                throw CommandError(.notFound, "\(campaign) has no artifact \(artifact); it has \(names)")
            }
            guard view.places.contains("depot") else {
                let places = view.places.joined(separator: ", ")
                guard view.residency != nil else {
                    throw CommandError(
                        .temporary, "\(artifact) is still on its way from \(places); try again in a moment")
                }
                throw CommandError(
                    .refused, "\(artifact) may not leave \(places): work that reads it goes there")
            }
            let fetch = ArtifactFetch(client: client, folder: output ?? artifact)
            try await fetch.fetch(view)
            if !connection.json {
                print("\(artifact): \(view.files) files, \(Figures.bytes(view.bytes)), verified")
            }
        }
    }
}
