import ArgumentParser
import Store

/// `hansad migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database's schema up to date.")

    @OptionGroup var options: ConfigOption

    func run() async throws {
        try await Daemon(settings: try options.settings()).closing { daemon in
            let applied = try await Migrator(pool: daemon.pool).migrate()
            print(
                applied.isEmpty
                    ? "the schema is up to date"
                    : "applied \(applied.map(String.init).joined(separator: ", "))")
        }
    }
}
