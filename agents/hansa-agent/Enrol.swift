import ArgumentParser
import SiteAgent

/// Enrols an agent.
struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enrols this host's user as an agent, with a one-time token from a manager.")

    @Option(help: "The coordinator's address for members, like https://hansa.example.eu:8443.")
    var coordinator: String

    @Option(help: "The coordinator's address for agents; the next port of the same host unless given.")
    var exchange: String?

    @Option(help: "The one-time token; `-` reads it from the input, where no process list shows it.")
    var token: String

    @Option(help: "The authority that the coordinator's certificate comes from, PEM.")
    var ca: String

    @Option(help: "The agent's folder; it is made.")
    var folder: String

    func run() async throws {
        let token = token == "-" ? readLine() ?? "" : token
        let identity = try await AgentService.enrol(
            folder: folder, coordinator: coordinator, exchange: exchange, token: token, authorityFile: ca)
        print("enrolled as \(identity.agent) of site \(identity.site), instance \(identity.instance)")
        print("exchanges with \(identity.exchange); next: hansa-agent doctor --folder \(folder)")
    }
}
