import APIClient
import ArgumentParser
import Federation
import Wire

/// `hansa logs`: what a task's program has printed.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print what a task's program has printed; -f follows it.")

    @OptionGroup var connection: ConnectionOptions
    @Argument(help: "The task.") var task: String
    @Flag(name: .shortAndLong, help: "Go on printing until the task has ended.") var follow = false

    func run() async throws {
        guard let id = TaskID(task) else {
            throw CommandError(
                .usage, "\"\(task)\" names no task; tasks look like k3f9x2-17 (see hansa queue)")
        }
        try await connection.withClient { client in
            var offset: Int64 = 0
            while true {
                let piece: LogPiece = try await client.get(
                    "/v1/tasks/\(id)/log",
                    query: [("offset", String(offset)), ("wait", follow ? "20" : "5")],
                    retry: .idempotent)
                if connection.json {
                    try JSONOutput.show(piece)
                } else {
                    print(Self.safe(piece.text), terminator: "")
                }
                offset = piece.next
                if piece.complete || (!follow && piece.text.isEmpty) { return }
            }
        }
    }

    /// The text without control characters that could drive a terminal; line ends and tabs stay.
    private static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    return isControl && scalar != "\n" && scalar != "\t" ? "·" : scalar
                }))
    }
}
