import APIClient
import Federation
import Wire

/// Sends the documents of a YAML file to be applied, and tells what changed.
struct DocumentApplication {
    let file: String
    let options: ConnectionOptions

    /// Puts each document at its path, or posts it there.
    func apply(posting: Bool = false, _ path: (JSONValue) throws -> String) async throws {
        let source = try DocumentFile(path: file)
        try await options.withClient { client in
            for document in source.documents {
                do {
                    let place = try path(document.value)
                    let answer: ChangesAnswer =
                        posting
                        ? try await client.post(place, document.value, retry: .never)
                        : try await client.put(place, document.value, retry: .idempotent)
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
