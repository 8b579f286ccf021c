import APIClient
import Federation

/// The API's faults of a document, each with its place in the file that the document came from.
struct FaultReport {
    let error: ClientError
    let source: DocumentFile
    let document: DocumentFile.Document

    var commandError: CommandError {
        let status = Failure.status(of: error)
        guard case .array(let faults) = error.members["faults"] ?? .null, !faults.isEmpty else {
            return CommandError(status, error.description)
        }
        let lines = faults.map { fault -> String in
            let path = fault["path"]?.text ?? ""
            let place = source.place(of: FaultReport.steps(of: path), in: document)
            let suggestion = fault["suggestion"]?.text.map { " (\($0))" } ?? ""
            let where_ = path.isEmpty ? "" : "\(Table.printable(path)): "
            return
                "\(place): \(where_)\(Table.printable(fault["message"]?.text ?? ""))\(Table.printable(suggestion))"
        }
        return CommandError(status, ([error.title] + lines).joined(separator: "\n"))
    }

    /// The steps of a path such as `campaign.tasks[3].resources.nodes`; a leading `campaign` is the request's own.
    static func steps(of path: String) -> [PathStep] {
        var steps: [PathStep] = []
        for part in path.split(separator: ".") {
            let pieces = part.split(separator: "[")
            if let key = pieces.first, !part.hasPrefix("[") { steps.append(.key(String(key))) }
            for piece in part.hasPrefix("[") ? pieces[...] : pieces.dropFirst() {
                if let index = Int(piece.dropLast()) { steps.append(.index(index)) }
            }
        }
        if steps.first == .key("campaign") || steps.first == .key("programme") { steps.removeFirst() }
        return steps
    }
}
