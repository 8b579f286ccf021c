import ArgumentParser
import SiteAgent

/// Takes no new packs, or takes them again.
struct Drain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets the agent take no new packs; what is here goes on to its end.")

    @OptionGroup var options: SettingsOptions

    @Flag(name: [.customLong("undo"), .customLong("off")], help: "Take packs again.")
    var undo = false

    func run() async throws {
        let folder = AgentFolder(path: try options.read().folder)
        try AgentStatus.drain(folder: folder, on: !undo)
        print(undo ? "the agent takes packs again" : "the agent takes no new packs; `--undo` ends that")
    }
}
