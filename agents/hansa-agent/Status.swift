import ArgumentParser
import SiteAgent

/// What the agent says of itself.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what the agent has and what it waits for.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() async throws {
        let folder = AgentFolder(path: try options.read().folder)
        let lines = try AgentStatus.lines(folder: folder, json: json)
        for line in lines { print(line) }
    }
}

/// Takes no new packs, or takes them again.
struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets the agent take no new packs; what runs goes on.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Take packs again.")
    var off = false

    func run() async throws {
        let folder = AgentFolder(path: try options.read().folder)
        try AgentStatus.drain(folder: folder, on: !off)
        print(off ? "the agent takes packs again" : "the agent takes no new packs; `--off` undoes it")
    }
}
