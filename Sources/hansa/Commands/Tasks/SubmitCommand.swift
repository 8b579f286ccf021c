import APIClient
import ArgumentParser
import Federation
import FoundationEssentials
import Glibc
import SbatchScript
import Wire

/// `hansa submit`: campaigns out of a YAML file, or a batch script as it is.
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit the campaigns of a YAML file, or a batch script as it is.",
        discussion: """
            Each document of the file is a campaign. The key of a submission is printed before it is sent: the same \
            key always means the same submission, so after a broken connection submit again with --key and nothing \
            runs twice.

            A batch script (it begins with #!, or ends with .sh, .sbatch or .slurm) becomes a task, an array becomes \
            as many. What became of each #SBATCH line is printed; a line that Hansa cannot keep is refused with what \
            to write instead. The script runs once, on the first of its nodes, in a folder of its own. --dry-run \
            submits nothing and prints the campaign, --equivalent the #SBATCH lines that ask for the same.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup(title: "Batch scripts") var script: ScriptOptions
    @Argument(help: "The file, or - for standard input.") var file: String
    @Argument(help: "Arguments of a batch script.") var arguments: [String] = []
    @Option(help: "Only the campaign with this name.") var only: String?
    @Option(help: "The submission's key; random unless given. With several campaigns each appends its name.")
    var key: String?
    @Flag(help: "Follow the campaigns until all tasks have ended; exit 1 if any ended badly.") var wait =
        false
    @Flag(help: "Submit nothing; print what would be submitted, as YAML or with --json as JSON.") var dryRun =
        false
    @Flag(help: "Submit nothing; print a batch script that asks for what the task asks for.") var equivalent =
        false

    func run() async throws {
        guard let source = try self.source() else { return }
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

    /// The campaigns to submit; nil where nothing is to be submitted and everything has been printed.
    private func source() throws -> DocumentFile? {
        guard script.sbatch || BatchScriptFile.isScript(path: file) else {
            if script.areGiven || equivalent || !arguments.isEmpty {
                throw CommandError(
                    .usage,
                    "\(file) is no batch script, so it says all that itself; --sbatch takes it for one")
            }
            let source = try DocumentFile(path: file)
            if dryRun { try Self.show(Self.choose(source, only: only), json: connection.json) }
            return dryRun ? nil : source
        }
        do {
            let file = try BatchScriptFile(path: file, try script.choices(for: file, arguments: arguments))
            guard !equivalent else {
                print(file.mapped.equivalent, terminator: "")
                return nil
            }
            guard dryRun || connection.json else {
                for line in file.mappingLines { print(line) }
                return try file.documents()
            }
            guard dryRun else { return try file.documents() }
            if connection.json {
                try JSONOutput.show(ScriptReport(file))
            } else {
                for line in file.mappingLines { print("# \(line)") }
                print(try DocumentText.yaml(file.mapped.document), terminator: "")
            }
            return nil
        } catch let refusal as BatchScriptFile.Refusal {
            if connection.json { try JSONOutput.show(ScriptReport(refusal)) }
            throw refusal.commandError
        }
    }

    /// Checks the campaigns as far as a file alone can be checked, and prints them.
    private static func show(_ documents: [DocumentFile.Document], json: Bool) throws {
        for document in documents {
            do {
                _ = try CampaignDocument.read(document.value)
            } catch {
                throw CommandError(.data, error.description)
            }
            if json {
                try JSONOutput.show(document.value)
            } else {
                print("---\n" + (try DocumentText.yaml(document.value)), terminator: "")
            }
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
