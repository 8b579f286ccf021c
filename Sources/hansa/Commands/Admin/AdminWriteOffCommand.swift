import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa admin write-off`.
struct AdminWriteOffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-off", abstract: "Give up the hold of an attempt that no site will ever settle.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The attempt (task.generation.counter; see hansa show --json).") var attempt: String
    @Option(help: "Why; it stands in the ledger.") var reason: String

    func run() async throws {
        guard let key = AttemptKey(attempt) else {
            throw CommandError(.usage, "\"\(attempt)\" names no attempt; write task.generation.counter")
        }
        try await connection.change(
            "/v1/write-offs", WriteOffRequest(attempt: key, reason: reason),
            saying: "\(attempt): hold given up")
    }
}
