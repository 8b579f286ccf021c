import ArgumentParser
import Coordination
import Gateway
import Logging
import Postgres
import Seal
import ServiceLifecycle
import Store
import UnixSignals

/// `hansad serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the coordinator until SIGTERM or SIGINT.")

    @OptionGroup var options: ConfigOption
    @Flag(help: "Bring the database's schema up to date first.") var migrate = false

    func run() async throws {
        let settings = try options.settings()
        try await Daemon(settings: settings).closing { daemon in
            let migrator = Migrator(pool: daemon.pool)
            if migrate { try await migrator.migrate() }
            // Before the keys are read: without a schema they were most likely never made.
            try await migrator.check()
            let seal = try daemon.seal(making: false)
            let listener = Listener(settings: daemon.connection)
            let coordinator = try await daemon.coordinator(seal: seal, listener: listener)
            let gateway = try GatewayServer(
                coordinator: coordinator, settings: settings.gateway(sealKeyPEM: try seal.publicKey.pem()),
                logger: daemon.logger, now: SystemTime.now)
            daemon.logger.notice(
                "starting",
                metadata: ["instance": "\(coordinator.instance)", "generation": "\(coordinator.generation)"])
            // Ended in reverse: first nothing new comes in, then what is under way ends, then the database goes.
            let services: [any Service] =
                [PoolService(pool: daemon.pool), ListenerService(listener: listener)] + coordinator.services
                + gateway.services
            var configuration = ServiceGroupConfiguration(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: daemon.logger)
            configuration.maximumGracefulShutdownDuration = .seconds(20)
            try await ServiceGroup(configuration: configuration).run()
            daemon.logger.notice("ended")
        }
    }
}
