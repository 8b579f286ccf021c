import APIClient
import Federation
import Wire

/// Sends the documents of a YAML file to be applied, and tells what changed.
struct DocumentApplication {
    let file: String
    let options: ConnectionOptions

    func apply(_ path: (JSONValue) throws -> String) async throws {
        let source = try DocumentFile(path: file)
        try await options.withClient { client in
            for document in source.documents {
                do {
                    let answer: ChangesAnswer = try await client.put(
                        try path(document.value), document.value, retry: .idempotent)
                    if options.json {
                        try JSONOutput.show(answer)
                    } else {
                        Self.tell(answer.changes, file: file)
                    }
                } catch let error as ClientError where error.kind == .problem {
                    throw FaultReport(error: error, source: source, document: document).commandError
                }
            }
        }
    }

    private static func tell(_ changes: [String], file: String) {
        guard !changes.isEmpty else { return print("\(file): nothing to change") }
        for change in changes { print(Table.printable(change)) }
    }
}
