import ArgumentParser
import SiteAgent

/// Renews the agent's certificate.
struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Renews the certificate now; an agent that serves does it by itself at half of its life.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "By the agent's Ed25519 key, at the members' address: after the certificate has expired.")
    var signed = false

    func run() async throws {
        try await AgentService.renew(options.read(), signed: signed)
        print(
            "the certificate was renewed; restart an agent that serves, or let it go on with the former one")
    }
}
