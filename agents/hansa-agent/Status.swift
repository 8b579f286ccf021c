import ArgumentParser
import SiteAgent

/// What the agent says of itself.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what the agent has, what it waits for, and what is wrong; exit 1 if something is.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Print it as JSON.")
    var json = false

    func run() async throws {
        let status = try AgentStatus(folder: AgentFolder(path: try options.read().folder))
        for line in json ? [try status.json()] : status.lines { print(line) }
        if !status.isHealthy { throw ExitCode(1) }
    }
}
