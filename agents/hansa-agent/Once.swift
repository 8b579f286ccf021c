import ArgumentParser
import SiteAgent

/// One cycle of the agent.
struct Once: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Exchanges and acts until nothing is new, then ends: for cron or a batch job.",
        discussion: """
            Exit codes: 0 done; 69 the coordinator could not be reached, what there is to tell is kept; 75 another \
            process of this agent runs, nothing was done; 74 the journal could not be written, which the coordinator was \
            told; 1 anything else.
            """)

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        do {
            let configuration = try options.read()
            let service = try await JournalComplaint.raised(for: configuration, once: true) {
                try await AgentService(configuration, once: true, log: AgentLog.make(options.logLevel))
            }
            try await JournalComplaint.raised { try await service.runOnce() }
        } catch let fault as AgentFault {
            guard let code = fault.exitCode else { throw fault }
            AgentLog.say(
                "hansa-agent once: \(fault.isOverlap ? "another process of this agent runs" : "\(fault)")")
            throw ExitCode(code)
        }
    }
}
