import APIClient
import ArgumentParser
import Federation
import FoundationEssentials
import Wire

/// `hansa login`: writes the settings file.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Remember where the coordinator is and who you are; checks both first.",
        discussion: "The token is read from standard input, so that it stands in no shell history.")

    @Option(help: "The coordinator's address.") var url: String
    @Option(help: "A PEM file with the authority that signed the coordinator's certificate.") var ca: String?
    @Option(name: .customLong("as"), help: "The profile to write.") var profile = "default"

    func run() async throws {
        guard let token = readLine()?.trimmingPrefix(while: { $0 == " " }), !token.isEmpty else {
            throw CommandError(.usage, "no token on standard input: hansa login --url … < token-file")
        }
        var settings = ClientSettings()
        settings.url = url
        settings.ca = ca.map { $0.hasPrefix("/") ? $0 : FileManager.default.currentDirectoryPath + "/" + $0 }
        settings.token = String(token)
        try await ConnectionOptions.withClient(settings) { client in
            let version: VersionAnswer = try await client.get("/v1/version", retry: .idempotent)
            let me: MeAnswer = try await client.get("/v1/me", retry: .idempotent)
            try ClientSettings.save(settings, profile: profile)
            print(
                "\(ClientSettings.path): profile \(profile) is \(me.member) at instance \(version.instance), \(version.program)"
            )
        }
    }
}
