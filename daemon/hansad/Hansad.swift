import ArgumentParser
import Wire

/// The coordinator's daemon: settings and wiring; what it does is in Coordination and Gateway.
@main
struct Hansad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hansad",
        abstract:
            "Hansa's coordinator: keeps the book, places tasks, serves API, pages and the site exchange.",
        discussion: StartFault.exitCodes, version: WireVersion.program,
        subcommands: [
            ServeCommand.self, InitCommand.self, MigrateCommand.self, CheckCommand.self, RestoreCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            StartFault.report(error)
        }
    }
}
