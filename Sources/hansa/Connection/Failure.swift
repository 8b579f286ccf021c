import APIClient
import ArgumentParser
import Federation
import Glibc

/// The one place where errors become lines on standard error and an exit code.
enum Failure {
    /// Prints the error and ends the process.
    static func report(_ error: any Error) -> Never {
        switch error {
        case let error as CommandError:
            complain(error.description)
            exit(error.code.rawValue)
        case let error as ClientError:
            complain(words(of: error))
            exit(status(of: error).rawValue)
        case is ExitStatusReached: exit(ExitStatus.endedBadly.rawValue)
        default: Hansa.exit(withError: error)
        }
    }

    /// A line for standard error, under the program's name.
    static func complain(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard !lines.isEmpty else { return }
        lines[0] = "hansa: " + lines[0]
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        // The stream `stderr` is a shared variable; the descriptor is not.
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Any error in words, for a command that goes on.
    static func words(for error: any Error) -> String {
        (error as? ClientError).map { words(of: $0) } ?? "\(error)"
    }

    private static func words(of error: ClientError) -> String {
        var text = error.description
        if case .array(let faults) = error.members["faults"] ?? .null {
            for fault in faults {
                let path = fault["path"]?.text ?? ""
                text += "\n  \(path.isEmpty ? "" : path + ": ")\(fault["message"]?.text ?? "")"
                if let suggestion = fault["suggestion"]?.text { text += " (\(suggestion))" }
            }
        }
        return Table.printable(text.replacing("\n", with: "\u{2028}")).replacing("\u{2028}", with: "\n")
    }

    static func status(of error: ClientError) -> ExitStatus {
        switch (error.kind, error.status) {
        case (.refused, _), (.timeout, _), (.unreachable, _), (.certificate, _): .unavailable
        case (.problem, 400), (.problem, 413), (.problem, 415): .data
        case (.problem, 401), (.problem, 403): .notAllowed
        case (.problem, 404), (.problem, 410): .notFound
        // What cannot be read or names what is not there is the document's fault; a rule's no is another matter.
        case (.problem, 422) where error.type.hasSuffix(":invalid"): .data
        case (.problem, 409), (.problem, 422): .refused
        case (.problem, 429), (.problem, 502), (.problem, 503), (.problem, 504): .temporary
        case (.unsendable, _): .settings
        default: .data
        }
    }
}

/// Thrown when everything was said and only the exit code `endedBadly` is left to give.
struct ExitStatusReached: Error {}
