import ArgumentParser
import SiteAgent

/// Takes the agent away.
struct Uninstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes away what `install` wrote; with --purge also run folders, journal and keys.",
        discussion: "Refuses while attempts are unsettled: drain first.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Leave although attempts are unsettled; a manager has to write off what they held.")
    var force = false

    @Flag(help: "Remove run folders, journal, keys and identity too.")
    var purge = false

    func run() async throws {
        for line in try await Departure(try options.read()).leave(force: force, purge: purge) { print(line) }
    }
}
