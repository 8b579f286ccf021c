import APIClient
import ArgumentParser
import Federation
import FoundationEssentials
import Glibc
import Wire

/// `hansa submit`: campaigns out of a YAML file.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit the campaigns of a YAML file.",
        discussion: """
            Each document of the file is a campaign. The key of a submission is printed before it is sent: the same \
            key always means the same submission, so after a broken connection submit again with --key and nothing \
            runs twice.
            """)

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The file, or - for standard input.") var file: String
    @Option(help: "Only the campaign with this name.") var only: String?
    @Option(help: "The submission's key; random unless given. With several campaigns each appends its name.")
    var key: String?
    @Flag(help: "Follow the campaigns until all tasks have ended; exit 1 if any ended badly.") var wait =
        false

    func run() async throws {
        let source = try DocumentFile(path: file)
        let chosen = try Self.choose(source, only: only)
        try await connection.withClient { client in
            var names: [String] = []
            var answers: [SubmitAnswer] = []
            for document in chosen {
                let name = document.value["name"]?.text ?? ""
                let own = key.map { chosen.count == 1 ? $0 : "\($0)-\(name)" } ?? SubmissionKey.random()
                if !connection.json {
                    print("submitting \(Table.printable(name)) under the key \(own)")
                    // Into a pipe as well, before anything is sent: the key is what makes a second try harmless.
                    fflush(nil)
                }
                let answer = try await submit(document, key: own, of: source, through: client)
                answers.append(answer)
                names.append(answer.campaign.id.rawValue)
                if !connection.json { Self.tell(answer) }
            }
            if connection.json { try JSONOutput.show(answers) }
            guard wait else { return }
            let progress = Progress(client: client, campaigns: names, timeoutSeconds: nil)
            guard try await progress.follow(json: connection.json) else { throw ExitStatusReached() }
        }
    }

    private func submit(
        _ document: DocumentFile.Document, key: String, of source: DocumentFile,
        through client: CoordinatorClient
    ) async throws -> SubmitAnswer {
        let request = SubmitRequest(key: key, campaign: document.value)
        do {
            return try await client.post("/v1/campaigns", request, seconds: 120, retry: .idempotent)
        } catch {
            if error.kind == .problem {
                throw FaultReport(error: error, source: source, document: document).commandError
            }
            guard error.isPassing else { throw error }
            throw CommandError(
                .unavailable,
                "\(error)\nNobody knows whether it arrived: submit again with --key \(key), it counts once")
        }
    }

    static func choose(_ source: DocumentFile, only: String?) throws -> [DocumentFile.Document] {
        guard let only else { return source.documents }
        let chosen = source.documents.filter { $0.value["name"]?.text == only }
        guard !chosen.isEmpty else {
            let names = source.documents.compactMap { $0.value["name"]?.text }.joined(separator: ", ")
            throw CommandError(.data, "\(source.path) holds no campaign \"\(only)\"; it holds \(names)")
        }
        return chosen
    }

    private static func tell(_ answer: SubmitAnswer) {
        let already = answer.isRepeat ? "already submitted: " : ""
        print(
            "\(already)campaign \(Table.printable(answer.campaign.name)) is \(answer.campaign.id), \(answer.tasks) tasks"
        )
    }
}
