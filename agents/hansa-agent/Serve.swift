import ArgumentParser
import Logging
import ServiceLifecycle
import SiteAgent
import UnixSignals

/// Runs the agent until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the agent; SIGTERM ends it, and its jobs go on.",
        discussion: """
            Exit codes: 0 told to stop; 74 the journal could not be opened for want of room or otherwise, and the \
            coordinator was told where it could be reached: make room and start again; 1 anything else.
            """)

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let log = AgentLog.make(options.logLevel)
        let configuration = try options.read()
        let service = try await JournalComplaint.raised(for: configuration, once: false) {
            try await AgentService(configuration, once: false, log: log)
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: service)], gracefulShutdownSignals: [.sigterm, .sigint], logger: log
            ))
        try await group.run()
    }
}
