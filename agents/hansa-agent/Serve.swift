import ArgumentParser
import Logging
import ServiceLifecycle
import SiteAgent
import UnixSignals

/// Runs the agent until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the agent; SIGTERM ends it, and its jobs go on.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let log = AgentLog.make(options.logLevel)
        let service = try AgentService(options.read(), once: false, log: log)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service)], gracefulShutdownSignals: [.sigterm, .sigint], logger: log
            ))
        try await group.run()
    }
}
