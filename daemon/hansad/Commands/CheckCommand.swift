import ArgumentParser
import Coordination
import Federation
import Postgres
import Store

/// `hansad check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the settings, ask the database, and prove that the book balances.",
        discussion: "Exits with 75 when it does not balance.")

    @OptionGroup var options: ConfigOption

    func run() async throws {
        let settings = try options.settings()
        print("settings: \(options.config) is understood")
        try await Daemon(settings: settings).closing { daemon in
            try await Migrator(pool: daemon.pool).check()
            let seal = try daemon.seal(making: false)
            let coordinator = try await daemon.coordinator(
                seal: seal, listener: Listener(settings: daemon.connection))
            print("database: book \(coordinator.instance), generation \(coordinator.generation)")
            let check = try await coordinator.checkLedger()
            for fault in check.faults { print("fault: \(fault)") }
            guard check.balanced else { throw StartFault(.refused, "the book does not balance") }
            print("ledger: \(check.entries) entries, balanced")
        }
    }
}
