import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa quote`: what a campaign would cost, and where.
struct QuoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quote",
        abstract:
            "Say what the campaigns of a file would cost at each site, and which sites refuse them and why.",
        discussion: "Nothing is submitted and nothing is held. The same rule places tasks later.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The file, or - for standard input.") var file: String
    @Option(help: "Only the campaign with this name.") var only: String?

    func run() async throws {
        let source = try DocumentFile(path: file)
        let chosen = try SubmitCommand.choose(source, only: only)
        try await connection.withClient { client in
            for document in chosen {
                do {
                    let page: Page<QuoteView> = try await client.post(
                        "/v1/quotes", QuoteRequest(campaign: document.value), retry: .idempotent)
                    if connection.json {
                        try JSONOutput.show(page.items)
                    } else {
                        Self.show(page.items, name: document.value["name"]?.text ?? "")
                    }
                } catch let error as ClientError where error.kind == .problem {
                    throw FaultReport(error: error, source: source, document: document).commandError
                }
            }
        }
    }

    private static func show(_ quotes: [QuoteView], name: String) {
        for quote in quotes {
            let others = quote.tasks > 1 ? " and \(quote.tasks - 1) more of its shape" : ""
            print("\(Table.printable(name)): \(Table.printable(quote.example))\(others)")
            PlacementTable.show(quote.placement)
            print("")
        }
    }
}
