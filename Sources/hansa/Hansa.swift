import ArgumentParser

/// The command line of Hansa: verbs that users of batch systems know.
@main
struct Hansa: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hansa",
        abstract: "Submit work to a consortium's sites, follow it, and account for it.",
        discussion: """
            Where the coordinator is and who you are stand in a settings file (hansa login writes it), \
            or in HANSA_URL, HANSA_CA and HANSA_TOKEN. Every command prints tables for people and, \
            with --json, the API's own answers.

            Exit codes:
            \(ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n"))
            """,
        version: "0.1.0",
        subcommands: [
            SubmitCommand.self, QueueCommand.self, ShowCommand.self, LogsCommand.self, CancelCommand.self,
            WaitCommand.self, WhyCommand.self, QuoteCommand.self, SitesCommand.self, BudgetCommand.self,
            UsageCommand.self, ResultsCommand.self, AuditCommand.self, ReportCommand.self, LoginCommand.self,
            CourierCommand.self, AdminCommand.self,
        ])

    static func main() async {
        do {
            var command = try parsed(Array(CommandLine.arguments.dropFirst()))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.report(error)
        }
    }

    /// The command of those words. One that is named first is parsed by itself, which spares every start the search
    /// through all the others; what it does not take is parsed as a whole, for words that name the whole program.
    private static func parsed(_ words: [String]) throws -> any ParsableCommand {
        let named = configuration.subcommands.first { command in
            command.configuration.commandName == words.first && command.configuration.subcommands.isEmpty
        }
        // Asked for its help, it answers with another command.
        if let named, let command = try? named.parseAsRoot(Array(words.dropFirst())),
            type(of: command) == named
        {
            return command
        }
        return try parseAsRoot(words)
    }
}
