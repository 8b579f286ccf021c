import ArgumentParser
import SiteAgent

/// Enrols an agent.
struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Enrols this host's user as an agent, with a one-time token from a manager.",
        discussion: """
            Where no network leaves the site: `enrol --courier --folder F` writes a request file, whoever carries \
            posts it with `hansa courier enrol`, and `enrol --courier --folder F --answer FILE` takes the answer.
            """)

    @Option(help: "The coordinator's address for members, like https://hansa.example.eu:8443.")
    var coordinator: String?

    @Option(help: "The coordinator's address for agents; the next port of the same host unless given.")
    var exchange: String?

    @Option(help: "The one-time token; `-` reads it from the input, where no process list shows it.")
    var token: String?

    @Option(help: "The authority that the coordinator's certificate comes from, PEM.")
    var ca: String?

    @Option(help: "The agent's folder; it is made.")
    var folder: String

    @Flag(help: "Enrol by files that somebody carries.")
    var courier = false

    @Option(help: "With --courier: where to write the request; enrolment-request.json in the folder.")
    var request: String?

    @Option(help: "With --courier: the answer that was brought.")
    var answer: String?

    func validate() throws {
        let isNamed = coordinator != nil && token != nil && ca != nil
        guard courier || isNamed else {
            throw ValidationError("--coordinator, --token and --ca are needed; or --courier")
        }
        guard courier || (request == nil && answer == nil) else {
            throw ValidationError("--request and --answer go with --courier")
        }
    }

    func run() async throws {
        if courier { return try carried() }
        let token = token == "-" ? readLine() ?? "" : token ?? ""
        let identity = try await AgentService.enrol(
            folder: folder, coordinator: coordinator ?? "", exchange: exchange, token: token,
            authorityFile: ca ?? "")
        print("enrolled as \(identity.agent) of site \(identity.site), instance \(identity.instance)")
        print("exchanges with \(identity.exchange); next: hansa-agent doctor --folder \(folder)")
    }

    private func carried() throws {
        guard let answer else {
            let path = try AgentService.requestEnrolment(folder: folder, to: request)
            print("the request is \(path); it holds no secret")
            print("its carrier runs: hansa courier enrol AGENT --site SITE --request FILE --answer FILE")
            return
        }
        let (identity, key) = try AgentService.settleEnrolment(folder: folder, answerFile: answer)
        print("enrolled as \(identity.agent) of site \(identity.site), instance \(identity.instance)")
        print("the book's key has the SHA-256 \(key): compare it with what the manager says")
        print("next: hansa-agent courier --folder \(folder)")
    }
}
