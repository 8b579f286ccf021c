import DrillKit
import Glibc
import Synchronization

/// The seed's clusters, by `ops/slurm/clusters`.
final class DrillClusters: Sendable {
    /// `ops/slurm/clusters`.
    let script: String
    /// Their folder.
    let folder: String
    private let logs: String
    private let count = Atomic<Int>(0)

    init(root: String, folder: String, logs: String) {
        script = "\(root)/ops/slurm/clusters"
        self.folder = folder
        self.logs = logs
    }

    /// Runs one of its verbs on the folder.
    func run(_ verb: String, _ words: [String] = [], seconds: Double = 180) async throws -> CommandResult {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        return try await BoundedProgram.run(
            script, [verb, folder] + words, environment: [:], files: "\(logs)/clusters-\(number)",
            seconds: seconds)
    }

    /// All daemons that run, as `site daemon` to pid.
    func daemons() async throws -> [String: Int32] {
        var found: [String: Int32] = [:]
        for line in try await run("status", seconds: 30).exiting().output.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words.count == 3, let pid = Int32(words[2]) { found["\(words[0]) \(words[1])"] = pid }
        }
        return found
    }
}
