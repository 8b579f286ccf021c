import ArgumentParser
import Coordination
import Postgres
import Store

/// `hansad restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "After the database was restored from a backup: begin a new generation of the book.",
        discussion: """
            Every agent is in quarantine until it has told everything that it knows; nothing is given twice meanwhile. \
            Run it once, with every coordinator stopped.
            """)

    @OptionGroup var options: ConfigOption

    func run() async throws {
        let settings = try options.settings()
        try await Daemon(settings: settings).closing { daemon in
            try await Migrator(pool: daemon.pool).check()
            let generation = try await InstanceStore(pool: daemon.pool, settings: settings.timing.exchange)
                .beginGeneration(now: SystemTime.now())
            print(
                "generation \(generation) begins; start the coordinator, and its agents will report in full")
        }
    }
}
