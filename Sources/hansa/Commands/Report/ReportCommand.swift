import ArgumentParser

/// `hansa report …`.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "The programme's state, and campaigns' scores and costs.",
        subcommands: [ReportProgrammeCommand.self, ReportScoresCommand.self, ReportSummaryCommand.self],
        defaultSubcommand: ReportProgrammeCommand.self)
}
