import Federation
import Glibc
import Postgres
import Store
import TestKit

/// Measures the store's own claim and completion with many callers, for `ops/bench`:
/// `QueueBench CONNINFO fill TASKS` once, then `QueueBench CONNINFO complete|life SECONDS CALLERS` for each round.
///
/// `complete`: each caller claims one task and then hands in the document in which its attempt ends; each is answered
/// after its commit. `life`: the documents before that too, with the offer, the acceptance and its confirmation.
@main
struct QueueBench {
    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            print("QueueBench: \(error)")
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        guard arguments.count >= 3 else {
            throw Fault("usage: CONNINFO fill TASKS | complete|life SECONDS CALLERS")
        }
        let settings = ConnectionSettings(conninfo: arguments[0], applicationName: "QueueBench")
        switch (arguments[1], Int(arguments[2]), arguments.count > 3 ? Int(arguments[3]) : 64) {
        case ("fill", let tasks?, _):
            try await Filling(settings: settings).fill(tasks)
        case ("complete", let seconds?, let callers?):
            try await Round(settings: settings, callers: callers, wholeLife: false).run(seconds: seconds)
        case ("life", let seconds?, let callers?):
            try await Round(settings: settings, callers: callers, wholeLife: true).run(seconds: seconds)
        default:
            throw Fault("\(arguments.dropFirst().joined(separator: " ")) is not understood")
        }
    }

    /// Why the bench stops.
    struct Fault: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
