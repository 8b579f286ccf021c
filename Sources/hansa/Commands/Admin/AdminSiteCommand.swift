import ArgumentParser
import Federation

/// `hansa admin site apply`.
struct AdminSiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Apply site documents: partitions, tariffs, accounts, network facts.",
        subcommands: [Apply.self])

    /// Applies the document; applying it again changes nothing.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply", abstract: "Apply site documents; applying them again changes nothing.")

        @OptionGroup var connection: ConnectionOptions
        @Argument(help: "The YAML files.") var files: [String]

        func run() async throws {
            for file in files {
                try await DocumentApplication(file: file, options: connection).apply { value in
                    guard let id = value["id"]?.text ?? value["site"]?.text else {
                        throw CommandError(
                            .data, "\(file): a site document begins with its id, such as \"id: lumi\"")
                    }
                    return "/v1/sites/\(PathPart.encoded(id))"
                }
            }
        }
    }
}
