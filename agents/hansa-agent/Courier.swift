import ArgumentParser
import SiteAgent

/// One cycle with a courier instead of a network.
struct Courier: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads what a courier has brought, acts, and writes the next signed bundle; then ends.",
        discussion: """
            For sites that let nothing out: from cron, or called over ssh by whoever carries (hansa courier carry). \
            Bundles may be lost, repeated, late or out of order; nothing runs twice for it.

            Exit codes: 0 done; 1 it could not work; 65 a bundle in the inbox was not taken, which is moved to \
            inbox/refused; 69 the coordinator refuses this agent; 74 the journal could not be written: make room, the \
            next cycle that can tells the coordinator; 75 another cycle is at work, try later.
            """)

    @OptionGroup var options: SettingsOptions

    @Option(help: "Where bundles and chunks are put to be carried; courier/outbox in the agent's folder.")
    var outbox: String?

    @Option(help: "Where a courier puts what it brings; courier/inbox in the agent's folder.")
    var inbox: String?

    func run() async throws {
        let round: CourierRound
        do {
            round = try await JournalComplaint.raised {
                let service = try CourierService(
                    options.read(), outbox: outbox, inbox: inbox, log: AgentLog.make(options.logLevel))
                return try await service.run()
            }
        } catch let fault as AgentFault {
            if case .journalInUse = fault {
                print(fault)
                throw ExitCode(75)
            }
            throw fault
        }
        print(
            "\(round.applied) replies applied, \(round.stale) stale, \(round.refused.count) not taken; "
                + "\(round.written.count) bundles written, \(round.carried) chunks to carry, "
                + "\(round.wanted) wanted")
        for words in round.refused { print("not taken: \(words)") }
        if let fault = round.fault {
            print(fault)
            throw ExitCode(69)
        }
        if !round.refused.isEmpty { throw ExitCode(65) }
    }
}
