import ArgumentParser
import Federation
import FoundationEssentials
import Wire

/// `hansa report summary`.
struct ReportSummaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Scores, tasks, budgets and ledger of some campaigns in one document.",
        discussion:
            "Exits with 1 when something is not as a sound run leaves it; the document's faults say what.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The campaigns, by id or name.") var campaigns: [String]
    @Option(name: .shortAndLong, help: "Write the document to this file and print tables instead.")
    var output: String?
    @Option(help: "What ran the jobs, for the record.") var batch = "mpi"
    @Option(help: "Languages that have to be scored at least.") var languages = 0
    @Option(help: "Links beyond the first that chains have to have at least.") var links = 0
    @Option(help: "Entries that the ledger has to have at least.") var entries: Int64 = 0

    func run() async throws {
        try await connection.withClient { client in
            let summary = try await CampaignSummary.read(
                client, campaigns: campaigns, batch: batch,
                expected: .init(languages: languages, links: links, entries: entries))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let text = try encoder.encode(summary)
            if let output {
                try PrivateFile.write(Array(text) + [0x0A], to: output)
                show(summary)
            } else {
                print(String(decoding: text, as: UTF8.self))
            }
            guard summary.faults.isEmpty else {
                for fault in summary.faults { Failure.complain(fault) }
                throw ExitStatusReached()
            }
        }
    }

    private func show(_ summary: CampaignSummary) {
        print("SCORES, bits per byte unless named otherwise")
        CampaignScores.table(of: summary.languages).show()
        print("\nBUDGETS, each in its site's unit")
        var budgets = Table(
            "SITE", ">TASKS", ">GRANTED", ">OVERRUN", ">HELD", ">SPENT", ">AVAILABLE", ">EXPIRED", "UNIT")
        for (name, site) in summary.sites.sorted(by: { $0.key < $1.key }) {
            budgets.add(
                [name, String(summary.tasks.by_site[name] ?? 0)]
                    + [site.granted, site.overrun, site.held, site.spent, site.available, site.expired].map {
                        Figures.decimal($0, digits: 3)
                    } + [site.unit])
        }
        budgets.show()
        let tasks = summary.tasks
        print(
            "\n\(tasks.completed) tasks completed, \(tasks.failed) not, \(tasks.chain_links) chain links;"
                + " \(summary.ledger.entries) ledger entries, \(summary.ledger.balanced ? "balanced" : "NOT BALANCED");"
                + " \(Figures.duration(seconds: Int64(summary.seconds)))")
    }
}
