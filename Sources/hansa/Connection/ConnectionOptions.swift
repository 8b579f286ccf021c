import APIClient
import ArgumentParser
import FoundationEssentials

/// Who is asked, and as whom.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "The coordinator's address (else HANSA_URL, else the settings file).")
    var url: String?

    @Option(help: "A PEM file with the authority that signed the coordinator's certificate (else HANSA_CA).")
    var ca: String?

    @Option(name: .customLong("as"), help: "A profile of the settings file.")
    var profile: String?

    @Flag(help: "Print the API's answer as JSON.")
    var json = false

    /// The client for these options; the caller shuts it down through `withClient`.
    func withClient<Answer>(
        _ body: (CoordinatorClient) async throws -> Answer
    ) async throws -> Answer {
        var settings = try ClientSettings.load(profile: profile)
        settings.url = url ?? settings.url
        settings.ca = ca ?? settings.ca
        return try await Self.withClient(settings, body)
    }

    /// The same for those settings alone.
    static func withClient<Answer>(
        _ settings: ClientSettings, _ body: (CoordinatorClient) async throws -> Answer
    ) async throws -> Answer {
        guard let url = settings.url else {
            throw CommandError(
                .settings, "which coordinator? Give --url, set HANSA_URL, or run hansa login once")
        }
        guard let token = settings.token else {
            throw CommandError(.notAllowed, "who are you? Set HANSA_TOKEN, or run hansa login once")
        }
        let authority = try settings.ca.map { path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandError(.settings, "the authority's file \(path) cannot be read")
            }
            return String(decoding: data, as: UTF8.self)
        }
        let client = try CoordinatorClient(baseURL: url, trustRoots: authority, token: token)
        do {
            let answer = try await body(client)
            await client.shutdown()
            return answer
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
