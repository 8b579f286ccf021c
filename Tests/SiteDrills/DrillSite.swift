import DrillKit
import Glibc

/// A site of a seed: its cluster, its agent, and the link between agent and coordinator.
struct DrillSite: Sendable {
    /// Also the cluster's name.
    let name: String
    /// How it bills: `cores` or `nodes`.
    let rule: String
    let coresPerNode: Int
    let partition: String
    let nodes: [String]
    /// The agent's folder of commands, with a wrapper of `sbatch` in it.
    let commands: String
    /// The cluster's own folder of commands.
    let realCommands: String
    /// The cluster's slurm.conf.
    let configuration: String
    let controllerPort: UInt16
    let agent: DrillAgent
    let proxy: FaultyProxy
    let clusters: DrillClusters
    let logs: String

    /// The processes of its daemons by name, `mariadb` among them; those that are dead are missing.
    func daemons() async throws -> [String: Int32] {
        var found: [String: Int32] = [:]
        for (key, pid) in try await clusters.daemons() {
            let words = key.split(separator: " ").map(String.init)
            if words[0] == name || words[0] == "-" { found[words[1]] = pid }
        }
        return found
    }

    /// Starts one of its daemons, or `mariadb`.
    func start(_ daemon: String) async throws {
        _ = try await clusters.run("start", [daemon == "mariadb" ? daemon : "\(name)/\(daemon)"]).exiting()
    }

    /// Runs one of the cluster's own commands; one that takes longer is killed, and answers 124.
    func run(_ command: String, _ arguments: [String], seconds: Double = 30) async throws -> CommandResult {
        try await BoundedProgram.run(
            "\(realCommands)/\(command)", arguments,
            environment: ["SLURM_CONF": configuration, "SLURM_TIME_FORMAT": "%s"],
            files: "\(logs)/\(name)-\(UInt32.random(in: 0...(.max)))", seconds: seconds)
    }
}
