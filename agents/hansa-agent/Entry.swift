import ArgumentParser
import Glibc
import SiteAgent

/// Wrapper and watchdog first: they must start fast, run on the main thread and need nothing else of the program.
@main
enum Entry {
    static func main() async {
        if let code = InternalCommands.run(CommandLine.arguments) { exit(code) }
        await HansaAgent.main()
    }
}
