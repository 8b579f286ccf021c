import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin programme apply`.
struct AdminProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme",
        abstract: "Apply a programme document: partners, members, budgets, eligibility.",
        subcommands: [Apply.self])

    /// Applies the document; applying it again changes nothing.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply", abstract: "Apply a programme document; applying it again changes nothing.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The YAML file.") var file: String

        func run() async throws {
            try await DocumentApplication(file: file, options: connection).apply { _ in "/v1/programme" }
        }
    }
}
